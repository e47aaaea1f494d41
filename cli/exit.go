package cli

import (
	"context"
	"errors"

	"valetkey/valet"
)

// Status is the program's exit status. Scripts may rely on it.
type Status int

// The exit statuses.
const (
	Done               Status = 0
	Failed             Status = 1
	Usage              Status = 2 // the command line is wrong; an unknown NAME or PROVIDER too
	NeedsAuthorization Status = 3 // only the seller's consent helps: valetkey reconnect NAME
	NoKeyring          Status = 4 // nowhere to keep or read a secret
	Cancelled          Status = 5 // cancelled here, refused in the browser, or nobody answered in time
	Unreachable        Status = 6 // the provider cannot be reached; trying later may help

	// Of exec alone, whose program's own status is passed on otherwise; shells use them so.
	NotRun   Status = 126 // the program is there and cannot be run
	NotFound Status = 127 // there is no such program
)

// statuses maps what went wrong to the exit status; a test holds it complete.
var statuses = map[valet.Kind]Status{
	valet.UnknownName:      Usage,
	valet.AmbiguousName:    Usage,
	valet.UnknownProvider:  Usage,
	valet.BadProviderFile:  Usage,
	valet.NoProviderFile:   Usage,
	valet.SecretInFile:     Usage,
	valet.ProviderLimit:    Failed,
	valet.NoMetadata:       Failed,
	valet.BadMetadata:      Failed,
	valet.EndpointsDiffer:  Usage,
	valet.WrongIssuer:      Failed,
	valet.UnknownScope:     Usage,
	valet.BadName:          Usage,
	valet.NameTaken:        Usage,
	valet.NoAppKey:         Usage,
	valet.UnknownAppKey:    Usage,
	valet.SeveralAppKeys:   Usage,
	valet.BadAppKey:        Usage,
	valet.NoListen:         Usage,
	valet.BeyondLife:       Usage,
	valet.NoAPI:            Usage,
	valet.BadTarget:        Usage,
	valet.AppKeyInUse:      Failed,
	valet.AppKeyRefused:    Failed,
	valet.FlowWaiting:      Failed,
	valet.PortBusy:         Failed,
	valet.PortHeld:         Failed,
	valet.ConsentError:     Failed,
	valet.BadAnswer:        Failed,
	valet.ExchangeRefused:  Failed,
	valet.WrongVerifier:    Failed,
	valet.ConsentExpired:   Cancelled,
	valet.ClockOff:         Failed,
	valet.SignedOnly:       Usage,
	valet.NotRenewable:     Failed,
	valet.WrongShop:        Failed,
	valet.ClientRefused:    Failed,
	valet.Held:             Failed,
	valet.IndexUnreadable:  Failed,
	valet.IndexDamaged:     Failed,
	valet.RecordUnreadable: Failed,
	valet.APIEnded:         Failed,
	valet.Declined:         Failed,
	valet.AnswerUnusable:   Failed,
	valet.RescueFile:       Failed,
	valet.AlreadyKept:      Failed,
	valet.NotOlder:         Usage,
	valet.OlderEnded:       NeedsAuthorization,
	valet.OlderLost:        NeedsAuthorization,
	valet.ProviderChanged:  NeedsAuthorization,
	valet.NeedsConsent:     NeedsAuthorization,
	valet.AnswerLost:       NeedsAuthorization,
	valet.EndedTogether:    NeedsAuthorization,
	valet.ItemMissing:      NeedsAuthorization,
	valet.GivenBack:        NeedsAuthorization,
	valet.TokenRefused:     NeedsAuthorization,
	valet.NotKept:          NoKeyring,
	valet.StoreTrouble:     NoKeyring,
	valet.Unsaved:          NoKeyring,
	valet.Denied:           Cancelled,
	valet.TimedOut:         Cancelled,
	valet.Cancelled:        Cancelled,
	valet.Unreachable:      Unreachable,
	valet.Busy:             Unreachable,
}

// StatusOf gives the exit status for err; nil is [Done].
func StatusOf(err error) Status {
	var usage *usageError
	switch {
	case err == nil:
		return Done
	case errors.As(err, &usage):
		return usage.status
	}
	var e *valet.Error
	if errors.As(err, &e) && aboutAppKey(e) {
		return statuses[valet.NoAppKey] // a new consent does not help
	}
	if e != nil && e.Kind == valet.RescueFile && e.Subject == "missing" {
		return Usage // as with any file that is named
	}
	if valet.KindOf(err) == valet.NotKept && valet.TroubleOf(err) == valet.TroubleNone {
		return Failed // the keyring is not to blame
	}
	if status, known := statuses[valet.KindOf(err)]; known {
		return status
	}
	switch {
	case valet.TroubleOf(err) != valet.TroubleNone:
		return NoKeyring
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return Cancelled
	}
	return Failed
}
