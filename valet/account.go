package valet

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"valetkey/oauth"
	"valetkey/oauth/etsy"
)

// courtesyLimit bounds the question who connected: the key is kept with or without an answer.
const courtesyLimit = 15 * time.Second

// identify asks who connected. What the provider does not say stays empty: it never costs the key.
func (c *channel) identify(ctx context.Context, m Market, client *client, won winnings) Account {
	ctx, cancel := context.WithTimeout(ctx, courtesyLimit)
	defer cancel()
	var account Account
	var err error
	if m.EtsyAPI {
		account, err = identifyEtsy(ctx, etsyAPI(client), won.Access)
	} else if m.Account.URL != "" {
		account, err = identifyByPointer(ctx, client, won.pass())
	}
	if err != nil {
		c.log.Info("name look-up failed", "provider", m.ID, "error", err)
	}
	return account
}

// identifyEtsy takes the user id from the token itself; shop and name are asked for.
func identifyEtsy(ctx context.Context, api *etsy.API, access oauth.Secret) (Account, error) {
	account := Account{UserID: etsy.UserID(access)}
	me, err := api.Me(ctx, access)
	if err != nil {
		return account, err
	}
	if me.UserID != 0 && account.UserID == "" {
		account.UserID = strconv.FormatInt(me.UserID, 10)
	}
	if me.ShopID == 0 {
		return account, nil
	}
	account.ShopID = strconv.FormatInt(me.ShopID, 10)
	shop, err := api.Shop(ctx, access, me.ShopID)
	if err != nil {
		return account, err
	}
	account.ShopName, account.Picture = shop.Name, shop.Picture
	return account, nil
}

// identifyByPointer asks the address a provider file names, and reads id and name where its pointers say.
func identifyByPointer(ctx context.Context, client *client, p pass) (Account, error) {
	lookup := client.Provider.Account
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, lookup.URL, nil)
	if err != nil {
		return Account{}, err
	}
	answer, err := client.answer(request, p)
	if err != nil {
		return Account{}, err
	}
	var document json.RawMessage
	if err := answer.Decode(&document); err != nil {
		return Account{}, err
	}
	return Account{
		UserID:   printable(textAt(document, lookup.ID)),
		ShopName: printable(textAt(document, lookup.Name)),
	}, nil
}

var arrayIndex = pattern(`^(0|[1-9][0-9]{0,8})$`)

// textAt follows a JSON pointer (RFC 6901 4) and gives what stands there as text: a string, or a number with all its digits.
// Anything else is "".
func textAt(document json.RawMessage, pointer string) string {
	if pointer == "" {
		return ""
	}
	document = valueAt(document, pointer)
	var text string
	if json.Unmarshal(document, &text) == nil {
		return text
	}
	var number json.Number
	if json.Unmarshal(document, &number) == nil {
		return number.String()
	}
	return ""
}

// valueAt follows a JSON pointer; nil where nothing stands there.
func valueAt(document json.RawMessage, pointer string) json.RawMessage {
	if pointer == "" {
		return document
	}
	for part := range strings.SplitSeq(pointer[1:], "/") {
		document = step(document, strings.NewReplacer("~1", "/", "~0", "~").Replace(part))
	}
	return document
}

// step goes from a document to what it holds under name; nil where it holds nothing there.
func step(document json.RawMessage, name string) json.RawMessage {
	var object map[string]json.RawMessage
	if json.Unmarshal(document, &object) == nil {
		return object[name]
	}
	var list []json.RawMessage
	if json.Unmarshal(document, &list) != nil || !arrayIndex().MatchString(name) {
		return nil
	}
	if n, err := strconv.Atoi(name); err == nil && n < len(list) {
		return list[n]
	}
	return nil
}

// goodPointer accepts "" and RFC 6901 pointers.
func goodPointer(pointer string) bool {
	if pointer == "" {
		return true
	}
	if pointer[0] != '/' || len(pointer) > 500 {
		return false
	}
	for n := 0; n < len(pointer); n++ {
		if pointer[n] == '~' && (n+1 == len(pointer) || pointer[n+1] != '0' && pointer[n+1] != '1') {
			return false
		}
	}
	return true
}
