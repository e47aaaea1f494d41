package words

import "strings"

// InquiryTitle names what can be asked with a key, by the id of [valet.Inquiry]; one that has no sentence here gives its id.
func InquiryTitle(id string) string {
	if known("trial.ask." + id) {
		return T("trial.ask." + id)
	}
	return id
}

// Column names a member of an answer, such as grandtotal, above a table; "" for one that has no word here.
func Column(name string) string {
	if id := "trial.column." + name; known(id) {
		return T(id)
	}
	return ""
}

// Standing says how a listing or an order stands, such as sold_out or Paid; what has no word here stays as it is.
func Standing(api string) string {
	if id := "trial.standing." + strings.ReplaceAll(strings.ToLower(api), " ", "_"); known(id) {
		return T(id)
	}
	return api
}
