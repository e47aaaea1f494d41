package valet

import (
	"errors"
	"slices"

	"valetkey/oauth/etsy"
)

// What fits an error, by its kind.
var (
	fitsWalk   = []CheckID{CheckBrowser, CheckPort, CheckNetwork, CheckAppKey}
	fitsAppKey = []CheckID{CheckClock, CheckNetwork, CheckSecret, CheckAppKey}
	fitsNet    = []CheckID{CheckClock, CheckNetwork, CheckAppKey, CheckToken}
	fitsStore  = []CheckID{CheckFolders, CheckKeyring, CheckLockedFile}
	fitsItem   = []CheckID{CheckIndex, CheckKeyring, CheckLockedFile, CheckSecret, CheckRecord}
	fitsToken  = []CheckID{CheckClock, CheckNetwork, CheckAppKey, CheckRecord, CheckToken, CheckScopes}
	fitsIndex  = []CheckID{CheckFolders, CheckIndex}
	fitsMarket = []CheckID{CheckProviders, CheckNetwork, CheckClock}
	fitsPort   = []CheckID{CheckPort}
	fitsOther  = []CheckID{CheckFolders, CheckIndex, CheckProviders, CheckKeyring, CheckLockedFile, CheckClock, CheckNetwork}
)

// fitting is complete: a test compares it with the kinds. nil is for what the sentence of the error itself says whole.
var fitting = map[Kind][]CheckID{
	UnknownName: nil, AmbiguousName: nil, UnknownScope: nil, BadName: nil, NameTaken: nil, NoAppKey: nil, SeveralAppKeys: nil,
	AppKeyInUse: nil, BadAppKey: nil, ProviderLimit: nil, SecretInFile: nil, NoProviderFile: nil, GivenBack: nil, BeyondLife: nil, SignedOnly: nil,
	NoAPI: nil, BadTarget: nil, NotOlder: nil, OlderEnded: nil, Denied: nil, AlreadyKept: nil, RescueFile: nil, Cancelled: nil, FlowWaiting: nil, WrongShop: nil, WrongVerifier: nil,

	UnknownProvider: {CheckProviders}, BadProviderFile: {CheckProviders}, EndpointsDiffer: fitsMarket, NoMetadata: fitsMarket,
	BadMetadata: fitsMarket, WrongIssuer: fitsMarket, ProviderChanged: {CheckProviders, CheckRecord},
	UnknownAppKey: fitsItem, AppKeyRefused: fitsAppKey, ClientRefused: fitsAppKey, ExchangeRefused: fitsAppKey,
	ConsentError: fitsAppKey, ConsentExpired: fitsAppKey,
	PortBusy: fitsPort, PortHeld: fitsPort, NoListen: fitsPort, TimedOut: fitsWalk,
	BadAnswer: fitsNet, ClockOff: {CheckClock, CheckNetwork}, Unreachable: fitsNet, Busy: fitsNet, APIEnded: fitsNet, OlderLost: fitsNet,
	Declined: fitsToken, AnswerUnusable: fitsNet,
	NotKept: fitsStore, StoreTrouble: fitsStore, Unsaved: fitsStore, Held: fitsIndex,
	ItemMissing: fitsItem, RecordUnreadable: fitsItem, IndexUnreadable: fitsIndex, IndexDamaged: fitsIndex,
	NeedsConsent: fitsToken, AnswerLost: fitsToken, EndedTogether: fitsToken, NotRenewable: fitsToken, TokenRefused: fitsToken,
}

// Fitting gives the checks that may find why err came, for [Visit].Only; nil where err itself says all there is to say: then
// there is no visit to make, as one without Only makes every check. An error that is not of this package is looked for everywhere
// but in the keys.
func (d *Doctor) Fitting(err error) []CheckID {
	kind := KindOf(err)
	var refusal *etsy.Refusal
	switch {
	case err == nil, TroubleOf(err) == TroublePassphrase:
		return nil
	case kind == "" && TroubleOf(err) != TroubleNone:
		kind = StoreTrouble
	case kind == "" && errors.As(err, &refusal) && refusal.KeyTrouble():
		kind = AppKeyRefused
	}
	fits, known := fitting[kind]
	if !known {
		fits = fitsOther
	}
	return slices.Clone(fits)
}
