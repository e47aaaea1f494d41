package oauth

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// ErrNoMetadata says that an issuer publishes nothing where RFC 8414 and OpenID Connect look for it.
var ErrNoMetadata = errors.New("oauth: the issuer publishes no metadata")

// MetadataError says what of an issuer's metadata cannot be used. It holds no value: what stands there is not ours.
type MetadataError struct {
	Field string // the member, by its name in RFC 8414 2
}

// Error names the member.
func (e *MetadataError) Error() string {
	return "oauth: the issuer's metadata cannot be used: " + e.Field
}

// Metadata is what an issuer says of itself (RFC 8414 2), as far as a client like this one needs it. Its JSON is a document of
// the same form, which [ParseMetadata] reads.
type Metadata struct {
	Issuer                string       `json:"issuer"` // the one that was asked for, byte for byte
	AuthorizationEndpoint string       `json:"authorization_endpoint"`
	TokenEndpoint         string       `json:"token_endpoint"`
	RevocationEndpoint    string       `json:"revocation_endpoint,omitempty"`
	UserInfoEndpoint      string       `json:"userinfo_endpoint,omitempty"`                              // OpenID Connect Discovery 3
	AuthMethods           []AuthMethod `json:"token_endpoint_auth_methods_supported"`                    // of those we speak, the plainest first
	Scopes                []Scope      `json:"scopes_supported,omitempty"`                               // it may know others
	SendsIssuer           bool         `json:"authorization_response_iss_parameter_supported,omitempty"` // RFC 9207 3
}

// longestOffer bounds how many scopes are taken from an issuer, longestScope how long one may be, in octets: the list is kept and
// shown.
const (
	longestOffer = 500
	longestScope = 200
)

// Discover asks issuer for its metadata, where RFC 8414 3 puts it and then where OpenID Connect Discovery 4 does; the first
// document that can be used counts. It takes 20 s at most, and follows no redirect.
//
// Errors: what [CheckIssuer] says; [ErrNoMetadata]; *[MetadataError], with Field "issuer" for a document that names another
// issuer (the mix-up of RFC 9700 4.4); *[AnswerError] for one that is no JSON object or names a member twice; *[ErrorResponse]
// and *[TransportError] where it cannot be reached for now.
func Discover(ctx context.Context, transport http.RoundTripper, issuer string) (Metadata, error) {
	if err := CheckIssuer(issuer); err != nil {
		return Metadata{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, callTime)
	defer cancel()
	trouble := ErrNoMetadata
	for _, address := range metadataAddresses(issuer) {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return Metadata{}, ErrNoAddress
		}
		answer, err := Call(transport, request)
		if err != nil {
			return Metadata{}, err
		}
		metadata, err := answer.metadata(issuer)
		if err == nil {
			return metadata, nil
		}
		if trouble == ErrNoMetadata {
			trouble = err
		}
	}
	return Metadata{}, trouble
}

// CheckIssuer reports why raw is no issuer: what [CheckEndpoint] asks for, and no query (RFC 8414 2).
func CheckIssuer(raw string) error {
	if err := CheckEndpoint(raw); err != nil {
		return err
	}
	if strings.Contains(raw, "?") {
		return ErrOddAddress
	}
	return nil
}

// metadataAddresses: RFC 8414 3.1 inserts its well-known part before the path, OpenID Connect Discovery 4.1 appends it.
func metadataAddresses(issuer string) []string {
	scheme, rest, _ := strings.Cut(strings.TrimSuffix(issuer, "/"), "://")
	host, path, _ := strings.Cut(rest, "/")
	if path != "" {
		path = "/" + path
	}
	base := scheme + "://" + host
	return []string{
		base + "/.well-known/oauth-authorization-server" + path,
		base + path + "/.well-known/openid-configuration",
	}
}

// metadata reads an answer to the question for metadata. An address that does not exist, that points elsewhere or that shows
// a page to people holds none; one that is out of order now may hold some later.
func (a *Answer) metadata(issuer string) (Metadata, error) {
	if !a.Success() {
		if refusal := a.Refusal(); refusal.Transient() {
			return Metadata{}, refusal
		}
		return Metadata{}, ErrNoMetadata
	}
	members, err := a.Object()
	if err != nil {
		return Metadata{}, err
	}
	return readMetadata(members, issuer)
}

// ParseMetadata reads a metadata document of issuer, with the checks of [Discover].
func ParseMetadata(document []byte, issuer string) (Metadata, error) {
	return (&Answer{Status: http.StatusOK, body: NewSecret(string(document))}).metadata(issuer)
}

// readMetadata checks all that is used. PKCE is not given up for anybody: an issuer that lists its methods and not S256 is
// refused (RFC 9700 2.1.1); one that lists none is asked with S256 all the same.
func readMetadata(members map[string]json.RawMessage, issuer string) (Metadata, error) {
	r := metadataReader{members: members, issuer: issuer}
	if named := r.text("issuer"); named != issuer {
		return Metadata{}, &MetadataError{Field: "issuer"}
	}
	m := Metadata{
		Issuer:                issuer,
		AuthorizationEndpoint: r.endpoint("authorization_endpoint", true),
		TokenEndpoint:         r.endpoint("token_endpoint", true),
		RevocationEndpoint:    r.endpoint("revocation_endpoint", false),
		UserInfoEndpoint:      r.endpoint("userinfo_endpoint", false),
		SendsIssuer:           r.flag("authorization_response_iss_parameter_supported"),
	}
	if CheckAuthorizationQuery(m.AuthorizationEndpoint) != nil {
		r.spoil("authorization_endpoint")
	}
	r.offers("response_types_supported", "code")
	r.offers("code_challenge_methods_supported", "S256")
	methods, said := r.list("token_endpoint_auth_methods_supported")
	if !said {
		methods = []string{string(AuthSecretBasic)} // RFC 8414 2
	}
	for _, method := range []AuthMethod{AuthNone, AuthSecretBasic, AuthSecretPost} {
		if slices.Contains(methods, string(method)) {
			m.AuthMethods = append(m.AuthMethods, method)
		}
	}
	scopes, _ := r.list("scopes_supported")
	scopes = slices.DeleteFunc(scopes, func(name string) bool { return len(name) > longestScope })
	m.Scopes = splitScopes(strings.Join(scopes[:min(len(scopes), longestOffer)], " "))
	if r.err != nil {
		return Metadata{}, r.err
	}
	return m, nil
}

// metadataReader reads members and remembers the first that cannot be used. null counts as left out.
type metadataReader struct {
	members map[string]json.RawMessage
	issuer  string
	err     error
}

func (r *metadataReader) spoil(name string) {
	if r.err == nil {
		r.err = &MetadataError{Field: name}
	}
}

// read puts the member into value and reports whether it is there.
func (r *metadataReader) read(name string, value any) bool {
	raw, ok := r.members[name]
	if !ok || string(raw) == "null" {
		return false
	}
	if json.Unmarshal(raw, value) != nil {
		r.spoil(name)
	}
	return true
}

func (r *metadataReader) text(name string) (text string) {
	r.read(name, &text)
	return text
}

func (r *metadataReader) flag(name string) (flag bool) {
	r.read(name, &flag)
	return flag
}

func (r *metadataReader) list(name string) (list []string, said bool) {
	said = r.read(name, &list)
	return list, said
}

// offers refuses a list, where there is one, that does not hold what this client cannot do without.
func (r *metadataReader) offers(name, needed string) {
	if list, said := r.list(name); said && !slices.Contains(list, needed) {
		r.spoil(name)
	}
}

// endpoint reads an address that secrets will be sent to. An issuer elsewhere has no business naming this machine: the code
// would go to whatever listens here.
func (r *metadataReader) endpoint(name string, required bool) string {
	address := r.text(name)
	if address == "" && !required {
		return ""
	}
	if CheckEndpoint(address) != nil || onLoopback(address) && !onLoopback(r.issuer) {
		r.spoil(name)
	}
	return address
}

// onLoopback reports whether a checked address is on this machine.
func onLoopback(address string) bool {
	u, err := url.Parse(address)
	return err == nil && loopbackHost(u)
}
