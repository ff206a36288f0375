package config

import (
	"testing"
)

func TestDefault(t *testing.T) {
	t.Parallel()
	c, err := Default()
	if err != nil {
		t.Fatal(Explain(err, LangEnglish))
	}
	if n := len(c.City.Directory.All()); n < 50 {
		t.Errorf("%d units", n)
	}
}
