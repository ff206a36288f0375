package slackapi

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// ErrUnverified reports a request whose signature does not hold. It says no
// more, so that a forger learns nothing.
var ErrUnverified = errors.New("request signature does not hold")

// maxSkew is how far a request's timestamp may be from now.
const maxSkew = 5 * time.Minute

// Verify checks Slack's v0 signature of body under secret: the HMAC-SHA256 of
// "v0:timestamp:body". It takes constant time in the signature, and refuses
// timestamps more than five minutes from now in either direction.
func Verify(secret Secret, header http.Header, body []byte, now time.Time) error {
	if secret == "" {
		return ErrUnverified
	}
	stamp := header.Get("X-Slack-Request-Timestamp")
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return ErrUnverified
	}
	if skew := now.Sub(time.Unix(seconds, 0)); skew > maxSkew || skew < -maxSkew {
		return ErrUnverified
	}
	sum, ok := strings.CutPrefix(header.Get("X-Slack-Signature"), "v0=")
	if !ok {
		return ErrUnverified
	}
	given, err := hex.DecodeString(sum)
	if err != nil {
		return ErrUnverified
	}
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + stamp + ":"))
	mac.Write(body)
	if !hmac.Equal(given, mac.Sum(nil)) {
		return ErrUnverified
	}
	return nil
}

// verifyAny accepts the signature of any of secrets: two hold while one
// replaces the other.
func verifyAny(secrets []Secret, header http.Header, body []byte, now time.Time) error {
	err := ErrUnverified
	for _, secret := range secrets {
		if Verify(secret, header, body, now) == nil {
			err = nil
		}
	}
	return err
}
