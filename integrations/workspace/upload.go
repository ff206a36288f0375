package workspace

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
)

// maxFormOverhead is what a multipart upload may hold beside the file's bytes.
const maxFormOverhead = 64 << 10

var errNoFilePart = errors.New("workspace: the form holds no file")

// serveUpload takes the bytes of an announced file, once: raw, or as the first file of
// a multipart form, which is how Slack's own SDK for JavaScript and curl -F send them.
func (s *Server) serveUpload(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	u := s.uploads[r.PathValue("ticket")]
	if u == nil || u.done || s.now().After(u.expires) {
		s.mu.Unlock()
		http.Error(w, "upload URL is not valid", http.StatusNotFound)
		return
	}
	want := u.file.Size
	s.mu.Unlock()
	body, err := uploadBody(w, r, want)
	if err != nil {
		http.Error(w, "the form holds no file", http.StatusBadRequest)
		return
	}
	data, err := io.ReadAll(io.LimitReader(body, want+1))
	if err != nil {
		http.Error(w, "body cannot be read", http.StatusBadRequest)
		return
	}
	if int64(len(data)) != want {
		http.Error(w, "length differs from the one announced", http.StatusBadRequest)
		return
	}
	if err := s.finishUpload(u, data); err != nil {
		http.Error(w, "upload failed", http.StatusInternalServerError)
		return
	}
	fmt.Fprintf(w, "OK - %d", want)
}

// uploadBody is where the file's bytes stand in the request.
func uploadBody(w http.ResponseWriter, r *http.Request, size int64) (io.Reader, error) {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		return r.Body, nil
	}
	parts := multipart.NewReader(http.MaxBytesReader(w, r.Body, size+maxFormOverhead), params["boundary"])
	for {
		part, err := parts.NextPart()
		if err != nil {
			return nil, errors.Join(errNoFilePart, err)
		}
		if part.FileName() != "" {
			return part, nil
		}
	}
}
