//go:build !nogui

package panel

import (
	"valetkey/gui/parts"
	"valetkey/valet/words"
)

// Form is in what form a token goes into the clipboard.
type Form string

// The forms. All but FormSigner hold a secret.
const (
	FormToken   Form = "token"      // the token alone
	FormBearer  Form = "bearer"     // the Authorization header
	FormHeaders Form = "headers"    // every header that the provider's API wants
	FormConfig  Form = "config"     // the same, as a configuration for curl --config
	FormCommand Form = "command"    // a request that a terminal runs as it is
	FormDotenv  Form = "dotenv"     // lines of a .env file
	FormPosix   Form = "sh"         // lines for bash and zsh
	FormFish    Form = "fish"       // lines for fish
	FormPower   Form = "powershell" // lines for PowerShell
	FormSigner  Form = "signer"     // the command that signs a request, where each has to be signed
)

// begins reports whether a form begins another part of the menu.
func (f Form) begins() bool { return f == FormConfig || f == FormDotenv || f == FormSigner }

// Name is what a form is called.
func (f Form) Name() string { return words.T("window.copy.as." + string(f)) }

// formItems are the lines of the copy menu.
func formItems(forms []Form, copyAs func(Form)) []parts.MenuItem {
	var items []parts.MenuItem
	for i, form := range forms {
		if i > 0 && form.begins() {
			items = append(items, parts.MenuItem{})
		}
		items = append(items, parts.MenuItem{Text: form.Name(), Press: func() { copyAs(form) }})
	}
	return items
}
