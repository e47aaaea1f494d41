package practice

import (
	"bytes"
	"image/png"
	"io"
	"net/http"
	"testing"
)

func TestIcons(t *testing.T) {
	s := newPractice(t)
	seen := map[string]bool{}
	for _, shop := range shops {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, shop.icon(), nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := s.Transport().RoundTrip(request)
		if err != nil || response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != "image/png" {
			t.Fatalf("%s: %v, %v", shop.Name, response, err)
		}
		file, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		if picture, err := png.Decode(bytes.NewReader(file)); err != nil || picture.Bounds().Dx() != iconSide || picture.Bounds().Dy() != iconSide {
			t.Errorf("%s: %v", shop.Name, err)
		}
		if seen[string(file)] {
			t.Errorf("%s has the icon of another shop", shop.Name)
		}
		seen[string(file)] = true
	}
	request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://practice-market.example/shop/none/icon.png", nil)
	if response, err := s.Transport().RoundTrip(request); err != nil || response.StatusCode != http.StatusNotFound {
		t.Errorf("no such shop: %v, %v", response, err)
	}
}
