package words

// InquiryTitle names what can be asked with a key, by the id of [valet.Inquiry]; one that has no sentence here gives its id.
func InquiryTitle(id string) string {
	if known("trial.ask." + id) {
		return T("trial.ask." + id)
	}
	return id
}
