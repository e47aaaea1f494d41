//go:build linux

package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// pageLimit is how long a page may take to come, with its buttons.
const pageLimit = 30 * time.Second

// tabWidth is that of the browser's tab.
const tabWidth = 860

// browser is a real Chromium with an empty profile and one tab.
type browser struct {
	ctx     context.Context
	close   func()
	pressed int // buttons
}

// openBrowser starts Chromium in the world. It gets no sandbox of its own: the only pages it sees are those of the program
// under test, and many systems that run this forbid what the sandbox needs.
func openBrowser(ctx context.Context, w *world, look string) (*browser, error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(w.path("browser")), chromedp.WindowSize(tabWidth, 900),
		chromedp.Env("HOME="+w.path("browser"), "TMPDIR="+w.path("tmp")),
		chromedp.Flag("lang", "en"))
	allocated, closeAll := chromedp.NewExecAllocator(ctx, options...)
	tab, closeTab := chromedp.NewContext(allocated)
	b := &browser{ctx: tab, close: func() { closeTab(); closeAll() }}
	prefers := &emulation.MediaFeature{Name: "prefers-color-scheme", Value: look}
	err := chromedp.Do(tab, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{prefers}})
		return err
	}))
	if err != nil {
		b.close()
		return nil, fmt.Errorf("the browser does not start: %w", err)
	}
	return b, nil
}

// visit opens an address and waits until the element is there to be pressed.
func (b *browser) visit(address, element string) error {
	return b.do("the page with "+element, chromedp.Navigate(address), chromedp.WaitVisible(chromedp.CSS(element)))
}

// press clicks one element and waits for the next to appear.
func (b *browser) press(element, next string) error {
	b.pressed++
	return b.do(element+", and then "+next, chromedp.Click(chromedp.CSS(element)), chromedp.WaitVisible(chromedp.CSS(next)))
}

func (b *browser) do(what string, steps ...chromedp.Action[chromedp.Void]) error {
	ctx, cancel := context.WithTimeout(b.ctx, pageLimit)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		return fmt.Errorf("in the browser, at %s: %w; it shows: %s", what, err, b.words())
	}
	return nil
}

// words is what the page says, shortened, for an error.
func (b *browser) words() string {
	ctx, cancel := context.WithTimeout(b.ctx, 5*time.Second)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string]("document.body ? document.body.innerText : ''"))
	if err != nil {
		return "nothing that can be read"
	}
	return fmt.Sprintf("%.300q", text)
}

// address is what stands in the address bar.
func (b *browser) address() (*url.URL, error) {
	text, err := chromedp.Run(b.ctx, chromedp.Location())
	if err != nil {
		return nil, err
	}
	return url.Parse(text)
}

// picture takes the page in a tab of that height; all of a page should fit into it.
func (b *browser) picture(path string, height int64) error {
	if err := chromedp.Do(b.ctx, chromedp.EmulateViewport(tabWidth, height)); err != nil {
		return err
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return err
	}
	return os.WriteFile(path, png, 0o644)
}
