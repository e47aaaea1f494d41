//go:build !nogui

package gui

import (
	"context"
	_ "embed"
	"log/slog"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"valetkey/gui/bus"
	"valetkey/gui/kit"
	"valetkey/gui/parts"
	_ "valetkey/gui/quiet"
	"valetkey/gui/tongue"
	"valetkey/valet"
	"valetkey/valet/words"
)

// ErrNoDisplay says, in a sentence for people, that there is no screen to open a window on.
var ErrNoDisplay error = noDisplay{}

// noDisplay finds its sentence when somebody reads it: the verbs need none of the window's.
type noDisplay struct{}

func (noDisplay) Error() string { return words.T("window.nodisplay") }

//go:embed icon.png
var icon []byte // see valet/keyart/icon

// Built reports whether this program was built with a window.
const Built = true

// id is the app's name among programs.
const id = "app.valetkey"

// Run opens the window and returns when it was closed, or ctx has ended. It must be called on the main goroutine. What the
// window had put into the clipboard is taken out again before it returns. Errors: [ErrNoDisplay].
func Run(ctx context.Context, app App) (err error) {
	if err := openable(); err != nil {
		return err
	}
	defer app.Seat.leave()
	opened := false
	defer func() { // Fyne panics where a display is named but nobody answers there
		if trouble := recover(); trouble != nil {
			if opened {
				panic(trouble)
			}
			slog.Error("no window", "panic", trouble)
			err = ErrNoDisplay
		}
	}()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	fyneapp.SetMetadata(fyne.AppMetadata{ID: id, Name: words.T("window.title"), Version: app.Version, Migrations: map[string]bool{"fyneDo": true}})
	bus.Fix()
	a := fyneapp.NewWithID(id)
	a.SetIcon(fyne.NewStaticResource("valetkey.png", icon))
	wear := func(look valet.Look) { a.Settings().SetTheme(kit.NewThemeIn(look)) }
	wear(app.Settings.Read().Look)
	collect := uncollected()
	defer collect()
	if err := tongue.Teach(); err != nil {
		slog.Warn("another language", "error", err)
	}
	fonts := readFonts()
	win := a.NewWindow(words.T("window.title"))
	<-fonts
	win.SetPadded(false)
	w := newWindow(ctx, app, onUI, a.Clipboard(), win.Canvas())
	a.Lifecycle().SetOnStarted(func() { opened = true; collect(); w.corner.settle() })
	a.Lifecycle().SetOnEnteredForeground(func() { w.foreground(true) })
	a.Lifecycle().SetOnExitedForeground(func() { w.foreground(false) })
	w.pick = func(chosen func(string)) { w.dismiss = pickFile(win, words.T("window.add.file"), ".json", chosen) }
	w.pickAny = func(chosen func(string)) { w.dismiss = pickFile(win, words.T("window.rescue.file"), "", chosen) }
	w.saveAs = func(name string, chosen func(string)) {
		w.dismiss = placeFile(win, words.T("trial.save.title"), name, chosen)
	}
	win.SetOnDropped(func(_ fyne.Position, files []fyne.URI) {
		if len(files) > 0 && files[0].Scheme() == "file" {
			fair{w.hall}.dropped(files[0].Path())
		}
	})
	w.study.wear = wear
	win.Resize(sizeOf(w.study.now))
	defer living(w, a, win)()
	stop := context.AfterFunc(ctx, func() {
		defer func() { recover() }() // a signal reaches Fyne too; where it has ended by then, it panics when it is called
		onUI(func() { w.close(); win.Close() })
	})
	defer stop()
	w.open()
	win.ShowAndRun()
	w.study.leaveSize(win.Canvas().Size())
	return nil
}

// openable says why there can be no window here, if so.
func openable() error {
	if !display() {
		return ErrNoDisplay
	}
	return nil
}

// pickFile has the seller choose a file whose name ends in extension, "" for any. It is read elsewhere, so what Fyne opens is closed at once. dismiss closes the
// dialog.
func pickFile(win fyne.Window, title, extension string, chosen func(path string)) (dismiss func()) {
	open := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		if err == nil && file != nil {
			file.Close()
			chosen(file.URI().Path())
		}
	}, win)
	if extension != "" {
		open.SetFilter(storage.NewExtensionFileFilter([]string{extension}))
	}
	open.SetTitleText(title)
	open.SetConfirmText(words.T("window.code.open"))
	open.SetDismissText(words.T("window.cancel"))
	open.Show() // Fyne cannot size it before
	open.Resize(win.Canvas().Size().SubtractWidthHeight(12*parts.Unit, 12*parts.Unit))
	return open.Dismiss
}

// readFonts reads the fonts while the display is being opened, which takes about as long. Until the channel closes nothing
// else may measure text.
func readFonts() <-chan struct{} {
	read := make(chan struct{})
	go func() {
		defer close(read)
		parts.WarmFonts()
	}()
	return read
}

// display reports whether there is a screen. Where X is the only one, it is named to the window library, which else tries
// Wayland first and complains on standard error.
func display() bool {
	switch runtime.GOOS {
	case "windows", "darwin":
		return true
	}
	x, wayland := os.Getenv("DISPLAY") != "", os.Getenv("WAYLAND_DISPLAY") != ""
	if x && !wayland && os.Getenv("XDG_SESSION_TYPE") != "x11" {
		os.Setenv("XDG_SESSION_TYPE", "x11")
	}
	return x || wayland
}

// settled is when the first picture is there.
const settled = time.Second

// uncollected has no garbage collected until collect is called: nearly all that is made before the first picture stays. What does
// not is given back to the system once, a moment after; else the window would hold it for as long as it is open.
func uncollected() (collect func()) {
	pace := debug.SetGCPercent(-1)
	return sync.OnceFunc(func() {
		debug.SetGCPercent(pace)
		time.AfterFunc(settled, debug.FreeOSMemory)
	})
}
