package tasks

import (
	"errors"
	"fmt"
)

// Code says what kind of refusal an Error is.
type Code string

const (
	Invalid     Code = "invalid"     // the input is not sound; Field names it
	NotFound    Code = "not_found"   // no such proposal, section, department …
	Forbidden   Code = "forbidden"   // this person may not do that
	Illegal     Code = "illegal"     // not at this stage
	Exists      Code = "exists"      // registered before
	Conflict    Code = "conflict"    // somebody else changed it at the same moment; try again
	TooLarge    Code = "too_large"   // over a bound
	Unavailable Code = "unavailable" // a store or service does not answer
)

// Error is a refusal that a person can act on. Message is the id of a text in the catalogs, Args its values; anything
// that is not an *Error is a fault of ours and shown as 系统繁忙.
type Error struct {
	Code    Code
	Field   string
	Message string
	Args    map[string]any
	Err     error
}

func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s: %s: %v", e.Code, e.Message, e.Err)
	}
	return fmt.Sprintf("%s: %s %v", e.Code, e.Message, e.Args)
}

func (e *Error) Unwrap() error { return e.Err }

// Refuse makes an Error; kv are alternating names and values for the message.
func Refuse(code Code, message string, kv ...any) *Error {
	e := &Error{Code: code, Message: message}
	for i := 0; i+1 < len(kv); i += 2 {
		if e.Args == nil {
			e.Args = map[string]any{}
		}
		e.Args[fmt.Sprint(kv[i])] = kv[i+1]
	}
	return e
}

// On names the input field that the refusal is about.
func (e *Error) On(field string) *Error {
	e.Field = field
	return e
}

// CodeOf returns the code of err, or "" when err is no refusal.
func CodeOf(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return ""
}
