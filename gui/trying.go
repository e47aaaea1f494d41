//go:build !nogui

package gui

import (
	"context"
	"encoding/json"
	"path/filepath"
	"runtime"
	"time"

	"valetkey/gui/panel"
	"valetkey/gui/trial"
	"valetkey/gui/trial/answer"
	"valetkey/oauth"
	"valetkey/valet"
	"valetkey/valet/words"
)

// trying is one key being tried. UI goroutine alone.
type trying struct {
	*window
	key    valet.Connection
	state  trial.State
	view   *trial.Trial
	cancel context.CancelFunc // of the request that is waited for
}

// tryKey leads to where the key that is looked at can be tried.
func tryKey(d *desk) {
	c, market, ok := keyAndMarket(d)
	if !ok || c.Status != valet.Connected && c.Status != valet.Refreshing {
		return
	}
	y := &trying{window: d.window, key: c, cancel: func() {}}
	y.state = trial.State{Key: c, Market: market, Questions: valet.Inquiries(market, c, time.Now()), Now: time.Now}
	y.view = trial.New(y.state, trial.Actions{
		Ask: y.ask, Stop: func() { y.cancel() }, Address: y.address, Copy: y.copy, Save: y.save, Curl: y.curl, Leave: y.leave,
		Reconnect: func() { y.cancel(); d.reconnect() }, Change: func() { y.cancel(); changeKey(d) },
	})
	y.open()
}

// open shows it, as it was.
func (y *trying) open() {
	y.desk.clear()
	y.rack.Select("") // so that the same key leads back to its panel
	y.desk.look(y.key.ID, y.view.Notice)
	y.show(screen{view: y.view.Container, enter: y.view.Enter, escape: y.view.Escape})
}

func (y *trying) leave() {
	y.cancel()
	y.back()
}

// shown reports whether the seller still looks at it.
func (y *trying) shown() bool { return y.present.view == y.view.Container }

func (y *trying) address(path string) (string, error) { return y.app.Requests.Address(y.key.ID, path) }

// ask sends a request, and shows what came of it.
func (y *trying) ask(r valet.Request) {
	ctx, cancel := context.WithCancel(y.ctx)
	y.cancel = cancel
	y.work(func(context.Context) func() {
		defer cancel()
		reply, err := y.app.Requests.Send(ctx, y.key.ID, r)
		mark := words.T("trial.hidden")
		read := answer.Read(reply.Body, mark, reply.Without(mark))
		return func() {
			y.desk.outages.note(y.key.ID, deed{asks: true}, err)
			switch {
			case !y.shown():
			case locked(err):
				opened(y.window, func() { y.open(); y.ask(r) }, y.back)
			default:
				y.report(r, read, err)
				y.view.Answered(trial.Result{Request: r, Reply: reply, Answer: read, Err: err})
			}
		}
	})
}

// report keeps what the provider says the key opens, for the panel.
func (y *trying) report(r valet.Request, read answer.Answer, err error) {
	for _, q := range y.state.Questions {
		if asked := q.Request(); q.ID != "scopes" || asked.Method != r.Method || asked.Path != r.Path || asked.TokenField != r.TokenField || r.Body != nil || err != nil {
			continue
		}
		var scopes []oauth.Scope
		for _, name := range read.Names("scopes", "results") {
			scopes = append(scopes, oauth.Scope(name))
		}
		y.desk.reports[y.key.ID] = report{scopes, y.key.Connected}
	}
}

// copy puts an answer, in which nothing is secret, into the clipboard.
func (y *trying) copy(text string) {
	y.board.put(text)
	y.view.Notice.Count("", 0)
	y.view.Notice.Say(words.T("trial.copied"))
}

// curl puts the request into the clipboard as something for a terminal; it holds a token, and leaves again.
func (y *trying) curl(r valet.Request) {
	notice := y.view.Notice
	notice.Say(words.T("trial.curl.copying"))
	y.work(func(ctx context.Context) func() {
		err := y.app.Handouts.UseHandout(valet.InForm(ctx, valet.AsCommand), y.key.ID, 0, func(h valet.Handout) error {
			config, err := h.CurlOf(r)
			if err != nil {
				return err
			}
			return y.corner.hold(ctx, trial.Curl(config, runtime.GOOS), panel.FormCommand.Name(), func() { countdown(notice, panel.FormCommand.Name(), heldFor) })
		})
		return func() {
			switch {
			case !y.shown():
			case locked(err):
				opened(y.window, func() { y.open(); y.curl(r) }, y.back)
			case err != nil:
				y.trouble(notice, err, valet.Visit{Key: y.key.ID})
			default:
				notice.Say(words.T("trial.curl.copied"))
			}
		}
	})
}

// save writes an answer to a file that the seller chooses, and nowhere else.
func (y *trying) save(text string) {
	name := y.key.Name + ".txt"
	if json.Valid([]byte(text)) {
		name = y.key.Name + ".json"
	}
	ask := func() {
		y.saveAs(name, func(path string) {
			y.work(func(context.Context) func() {
				err := trial.Save(path, text)
				return func() {
					if err != nil {
						y.trouble(y.view.Notice, err, valet.Visit{})
						return
					}
					y.view.Notice.Say(words.T("trial.saved", "Name", filepath.Base(path)))
				}
			})
		})
	}
	y.work(func(context.Context) func() { return ask }) // a moment later: the space that pressed the button would be typed into the name
}
