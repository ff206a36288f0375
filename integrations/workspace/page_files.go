package workspace

import (
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"unicode/utf8"
)

// pageUpload takes one file of a member's; it is shared later, by a message or a form.
func (s *Server) pageUpload(p *pageRequest) (any, error) {
	if p.r.MultipartForm == nil {
		p.r.Body = http.MaxBytesReader(p.w, p.r.Body, s.opts.MaxFileBytes+(1<<20))
	}
	in, header, err := p.r.FormFile("file")
	if err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return nil, &memberError{"file_too_large", "the file is too large"}
		}
		return nil, badRequest("no_file")
	}
	defer in.Close()
	defer func() { _ = p.r.MultipartForm.RemoveAll() }()
	if header.Size > s.opts.MaxFileBytes {
		return nil, &memberError{"file_too_large", "the file is too large"}
	}
	data, err := io.ReadAll(in)
	if err != nil {
		return nil, badRequest("no_file")
	}
	name := filepath.Base(header.Filename)
	if !utf8.ValidString(name) || name == "." || name == "/" {
		name = "file"
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.newFile(p.as.ID, name, int64(len(data)))
	if err := s.store(f, data); err != nil {
		return nil, err
	}
	s.changed()
	return obj{"ok": true, "id": f.ID, "name": f.Name, "size": f.Size, "mimetype": f.Mimetype}, nil
}

// pageFile lets a member download a file they can see.
func (s *Server) pageFile(p *pageRequest) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.st.file(p.r.PathValue("id"))
	if f == nil || !s.memberSees(p.as.ID, f) {
		writeJSON(p.w, http.StatusNotFound, obj{"ok": false, "error": "file_not_found"})
		return nil, errDone
	}
	s.writeFile(p.w, f, true)
	return nil, errDone
}
