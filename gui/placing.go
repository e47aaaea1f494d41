//go:build !nogui

package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage/repository"

	"valetkey/gui/parts"
	"valetkey/valet/words"
)

// placeFile has the seller choose where a file is saved; Fyne asks before one is replaced. Nothing is written here, and what stands
// there stays until it is replaced. dismiss closes the dialog.
func placeFile(win fyne.Window, title, name string, chosen func(path string)) (dismiss func()) {
	keepWhatIsChosen()
	save := dialog.NewFileSave(func(file fyne.URIWriteCloser, err error) {
		if err == nil && file != nil {
			file.Close()
			chosen(file.URI().Path())
		}
	}, win)
	save.SetFileName(name)
	save.SetTitleText(title)
	save.SetConfirmText(words.T("trial.save.confirm"))
	save.SetDismissText(words.T("window.cancel"))
	save.Show() // Fyne cannot size it before
	save.Resize(win.Canvas().Size().SubtractWidthHeight(12*parts.Unit, 12*parts.Unit))
	win.Canvas().Unfocus() // its field would keep Esc to itself; a name is there already
	return save.Dismiss
}

// files is what Fyne's dialogs want of the place where files are.
type files interface {
	repository.WritableRepository
	repository.ListableRepository
	repository.HierarchicalRepository
}

// kept is files of which none is emptied because it was opened: Fyne's dialog opens what was chosen before it tells.
type kept struct{ files }

// keepWhatIsChosen has Fyne's files be kept. To say so again does nothing.
func keepWhatIsChosen() {
	const scheme = "file"
	place, err := repository.ForScheme(scheme)
	if plain, ok := place.(files); err == nil && ok {
		if _, already := place.(kept); !already {
			repository.Register(scheme, kept{plain})
		}
	}
}

// Writer implements [repository.WritableRepository].
func (k kept) Writer(at fyne.URI) (fyne.URIWriteCloser, error) {
	return &unopened{at: at, open: k.files.Writer}, nil
}

// unopened is a file that is opened by the first octet that is written to it.
type unopened struct {
	at   fyne.URI
	open func(fyne.URI) (fyne.URIWriteCloser, error)
	file fyne.URIWriteCloser
}

// URI implements [fyne.URIWriteCloser].
func (u *unopened) URI() fyne.URI { return u.at }

// Write implements [io.Writer].
func (u *unopened) Write(octets []byte) (n int, err error) {
	if u.file == nil {
		if u.file, err = u.open(u.at); err != nil {
			u.file = nil
			return 0, err
		}
	}
	return u.file.Write(octets)
}

// Close implements [io.Closer].
func (u *unopened) Close() error {
	if u.file == nil {
		return nil
	}
	return u.file.Close()
}
