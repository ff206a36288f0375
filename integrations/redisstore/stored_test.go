package redisstore

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huiban/tasks"
	"huiban/tasks/workday"
)

var update = flag.Bool("update", false, "write the golden files")

// filler gives every exported field below a value another content than zero, never the same twice, so that a field that
// is not carried, or carried into a wrong place, shows.
type filler struct{ n int }

func filled[T any]() T {
	var v T
	(&filler{}).fill(reflect.ValueOf(&v).Elem())
	return v
}

func (f *filler) fill(v reflect.Value) {
	f.n++
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(start.Add(time.Duration(f.n) * time.Second)))
		return
	case workday.Date:
		v.Set(reflect.ValueOf(workday.On(2025, 1, f.n)))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				f.fill(v.Field(i))
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		f.fill(v.Index(0))
		f.fill(v.Index(1))
	case reflect.String:
		v.SetString(fmt.Sprint("字", f.n))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(f.n))
	case reflect.Float64:
		v.SetFloat(float64(f.n) + 0.25)
	case reflect.Bool:
		v.SetBool(true)
	default:
		panic("filler: no value for " + v.Type().String())
	}
}

// storedFields encodes a proposal as a commit would, without compression of the fields.
func storedFields(t *testing.T, s *Store, p *tasks.Proposal) map[string]string {
	t.Helper()
	pairs, err := s.changes(&record{}, p)
	if err != nil {
		t.Fatal(err)
	}
	if pairs, err = bookkeeping(&record{}, pairs, []string{"m"}, map[string]int64{"k": 1}); err != nil {
		t.Fatal(err)
	}
	fields := map[string]string{fieldVersion: fmt.Sprint(p.Version), fieldLast: "t"}
	for i := 0; i < len(pairs); i += 2 {
		plain, err := s.codec.unpack(pairs[i+1])
		if err != nil {
			t.Fatal(err)
		}
		fields[pairs[i]] = string(plain)
	}
	return fields
}

func TestStoredFormCarriesEverything(t *testing.T) {
	t.Parallel()
	s := New(nil, Options{})
	want := filled[tasks.Proposal]()
	r, err := s.decodeRecord(want.ID, storedFields(t, s, &want))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(&want, r.proposal, sameProposal); d != "" {
		t.Errorf("proposal (-want +got):\n%s", d)
	}
	if sum := filled[tasks.Summary](); cmp.Diff(sum, toSummary(sum).summary()) != "" {
		t.Errorf("summary (-want +got):\n%s", cmp.Diff(sum, toSummary(sum).summary()))
	}
	if in := filled[tasks.Intake](); cmp.Diff(in, toIntake(in).intake()) != "" {
		t.Errorf("intake (-want +got):\n%s", cmp.Diff(in, toIntake(in).intake()))
	}
}

// TestStoredFormKeepsEmptyLists: an empty copy list was emptied by somebody, none is as proposed.
func TestStoredFormKeepsEmptyLists(t *testing.T) {
	t.Parallel()
	s := New(nil, Options{})
	for name, want := range map[string]tasks.Proposal{
		"none":  {ID: "p"},
		"empty": {ID: "p", Reply: tasks.Reply{CopyList: []string{}}, Background: []string{}, Chain: []int{}},
	} {
		r, err := s.decodeRecord("p", storedFields(t, s, &want))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(&want, r.proposal, sameProposal); d != "" {
			t.Errorf("%s (-want +got):\n%s", name, d)
		}
	}
}

// TestGoldenSchema1 reads what programs of schema 1 have written. A failure here means that stored proposals could no
// longer be read: raise the schema and convert instead of updating the file.
func TestGoldenSchema1(t *testing.T) {
	t.Parallel()
	s := New(nil, Options{})
	path := filepath.Join("testdata", "schema1.json")
	want := filled[tasks.Proposal]()
	if *update {
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(storedFields(t, s, &want)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]string
	if err := json.Unmarshal(b, &fields); err != nil {
		t.Fatal(err)
	}
	r, err := s.decodeRecord(want.ID, fields)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(&want, r.proposal, sameProposal); d != "" {
		t.Errorf("proposal (-want +got):\n%s", d)
	}
	if d := cmp.Diff(fields, storedFields(t, s, &want)); d != "" {
		t.Errorf("stored form (-golden +now):\n%s", d)
	}
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	s := New(nil, Options{})
	p := filled[tasks.Proposal]()
	for name, spoil := range map[string]func(map[string]string){
		"a newer schema":  func(f map[string]string) { f[fieldSchema] = "2" },
		"no core":         func(f map[string]string) { delete(f, fieldCore) },
		"a missing draft": func(f map[string]string) { delete(f, fieldDraft(2)) },
		"a missing text": func(f map[string]string) {
			delete(f, fieldText(p.Assignments[0].Section, p.Assignments[0].Department, 1))
		},
		"a damaged field":     func(f map[string]string) { f[fieldSections] = "z\x00\xff" },
		"a version of words":  func(f map[string]string) { f[fieldVersion] = "x" },
		"timers that are not": func(f map[string]string) { f[fieldTimers] = "[" },
	} {
		fields := storedFields(t, s, &p)
		spoil(fields)
		if _, err := s.decodeRecord(p.ID, fields); err == nil || tasks.CodeOf(err) != "" {
			t.Errorf("%s: error = %v, want a fault", name, err)
		}
	}
}

func TestTextsAreWrittenOnce(t *testing.T) {
	t.Parallel()
	s := New(nil, Options{})
	p := filled[tasks.Proposal]()
	r, err := s.decodeRecord(p.ID, storedFields(t, s, &p))
	if err != nil {
		t.Fatal(err)
	}
	changed := r.proposal.Clone()
	pairs, err := s.changes(r, changed)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for i := 0; i < len(pairs); i += 2 {
		names = append(names, pairs[i])
	}
	if d := cmp.Diff([]string{fieldCore, fieldSchema}, names); d != "" {
		t.Errorf("an unchanged proposal writes (-want +got):\n%s", d)
	}
	changed.Assignments[0].Versions[0].Text = "其他"
	if _, err := s.changes(r, changed); err == nil {
		t.Error("a text that was kept could be changed")
	}
}

// TestChangedSectionsAreWritten: a field that the comparison leaves out would not be saved.
func TestChangedSectionsAreWritten(t *testing.T) {
	t.Parallel()
	whole := filled[tasks.Section]()
	if !sameSection(whole, filled[tasks.Section]()) {
		t.Error("a section differs from itself")
	}
	for i := range reflect.TypeFor[tasks.Section]().NumField() {
		other := whole
		reflect.ValueOf(&other).Elem().Field(i).SetZero()
		if sameSection(whole, other) {
			t.Errorf("another %s is not noticed", reflect.TypeFor[tasks.Section]().Field(i).Name)
		}
	}
}

func TestCodecBounds(t *testing.T) {
	t.Parallel()
	c := newCodec()
	for _, n := range []int{0, 1, packOnce - 1, packOnce, 100000} {
		plain := strings.Repeat("办", n)
		field, err := c.encode(plain, packOnce)
		if err != nil {
			t.Fatal(err)
		}
		var got string
		if err := c.decode(field, &got); err != nil || got != plain {
			t.Errorf("%d characters: %d came back, %v", n, len(got), err)
		}
	}
	if _, err := c.encode(strings.Repeat("x", maxValue), packOnce); tasks.CodeOf(err) != tasks.TooLarge {
		t.Errorf("error = %v, want too large", err)
	}
	bomb := deflated(t, maxValue+1)
	if _, err := c.unpack(bomb); err == nil {
		t.Error("a field that grows beyond the bound was read")
	}
}

func deflated(t *testing.T, zeros int) string {
	t.Helper()
	var b bytes.Buffer
	b.WriteByte('z')
	w, err := flate.NewWriter(&b, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(make([]byte, zeros)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
