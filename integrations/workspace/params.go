package workspace

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// params are the arguments of one call, from a form, a JSON body or the query.
type params struct {
	values url.Values
	json   obj
}

var errBody = errors.New("invalid body")

func readParams(r *http.Request) (params, *apiError) {
	p := params{values: r.URL.Query()}
	// Slack no longer takes tokens from the address.
	p.values.Del("token")
	if r.Method != http.MethodPost {
		return p, nil
	}
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxRequestBody))
	if err != nil {
		return p, fail("request_too_large")
	}
	kind, attrs, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil && len(body) > 0 {
		return p, fail("missing_post_type")
	}
	switch kind {
	case "application/json":
		if len(body) == 0 {
			return p, nil
		}
		if json.Unmarshal(body, &p.json) != nil {
			return p, fail("invalid_json")
		}
		if p.json == nil {
			return p, fail("json_not_object")
		}
	case "application/x-www-form-urlencoded", "":
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return p, fail("invalid_form_data")
		}
		for k, v := range form {
			p.values[k] = v
		}
	case "multipart/form-data":
		form, err := multipart.NewReader(bytes.NewReader(body), attrs["boundary"]).ReadForm(maxRequestBody)
		if err != nil {
			return p, fail("invalid_form_data")
		}
		defer func() { _ = form.RemoveAll() }()
		for k, v := range form.Value {
			p.values[k] = v
		}
	default:
		return p, fail("invalid_post_type")
	}
	return p, nil
}

// str is the argument as text, whatever its JSON type.
func (p params) str(name string) string {
	if p.json != nil {
		switch v := p.json[name].(type) {
		case nil:
		case string:
			return v
		case bool:
			return strconv.FormatBool(v)
		case float64:
			return strconv.FormatFloat(v, 'f', -1, 64)
		default:
			b, _ := json.Marshal(v)
			return string(b)
		}
	}
	return p.values.Get(name)
}

func (p params) has(name string) bool {
	if _, ok := p.json[name]; ok {
		return true
	}
	return p.json == nil && p.values.Has(name)
}

func (p params) boolean(name string) bool {
	v := p.str(name)
	return v == "true" || v == "1"
}

func (p params) integer(name string, def int) int {
	n, err := strconv.Atoi(p.str(name))
	if err != nil {
		return def
	}
	return n
}

// decode reads a JSON argument, which a form carries as text; absent is false.
func (p params) decode(name string, into any) (bool, error) {
	raw := p.str(name)
	if strings.TrimSpace(raw) == "" || raw == "null" {
		return false, nil
	}
	if err := json.Unmarshal([]byte(raw), into); err != nil {
		return true, errBody
	}
	return true, nil
}
