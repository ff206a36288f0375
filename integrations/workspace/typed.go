package workspace

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// checkTyped checks text typed into an input.
func checkTyped(kind string, el obj, v any) error {
	s, ok := v.(string)
	if !ok {
		return errValue
	}
	n := utf8.RuneCountInString(s)
	switch kind {
	case "plain_text_input":
		most := float64(maxInputLength)
		if m, ok := el["max_length"].(float64); ok {
			most = m
		}
		least, _ := el["min_length"].(float64)
		if n > int(most) {
			return fmt.Errorf("at most %d characters", int(most))
		}
		if n < int(least) {
			return fmt.Errorf("at least %d characters", int(least))
		}
	case "email_text_input":
		if !isEmail(s) {
			return errors.New("not an e-mail address")
		}
	case "url_text_input":
		if u, err := url.Parse(s); err != nil || u.Scheme == "" || u.Host == "" {
			return errors.New("not a URL")
		}
	case "number_input":
		return checkNumber(el, s)
	}
	return nil
}

func checkNumber(el obj, s string) error {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return errors.New("not a number")
	}
	if dec, _ := el["is_decimal_allowed"].(bool); !dec && strings.ContainsAny(s, ".eE") {
		return errors.New("not a whole number")
	}
	for _, bound := range []string{"min_value", "max_value"} {
		b, ok := el[bound].(string)
		limit, err := strconv.ParseFloat(b, 64)
		if ok && err == nil && (bound == "min_value" && n < limit || bound == "max_value" && n > limit) {
			return fmt.Errorf("beyond the limit %s", b)
		}
	}
	return nil
}
