package catalog

import "testing"

// TestSimpleTextsAreTheSame: a text that is filled in without a template reads as the template would have it.
func TestSimpleTextsAreTheSame(t *testing.T) {
	t.Parallel()
	for _, lang := range Languages {
		text, err := New(lang)
		if err != nil {
			t.Fatal(err)
		}
		if len(text.simple) < 100 {
			t.Errorf("%s: %d simple texts, there are more", lang, len(text.simple))
		}
		for id, parts := range text.simple {
			var kv []any
			args := map[string]any{}
			for i := 1; i < len(parts); i += 2 {
				var v any = "〈" + parts[i] + "〉&<"
				if i%4 == 3 {
					v = i
				}
				kv, args[parts[i]] = append(kv, parts[i], v), v
			}
			if got, want := text.Say(id, kv...), text.SayMap(id, args); got != want {
				t.Errorf("%s: %s = %q, want %q", lang, id, got, want)
			}
		}
	}
}
