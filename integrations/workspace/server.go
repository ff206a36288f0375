package workspace

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// Server is one workspace. Its methods may be called concurrently.
type Server struct {
	opts    Options
	mux     *http.ServeMux
	feed    *feed
	limits  *limiter
	methods map[string]method
	client  *http.Client

	ctx    context.Context
	cancel context.CancelFunc
	wg     sync.WaitGroup

	mu        sync.Mutex
	st        *state
	apps      []*app
	modals    map[string][]*view
	modalErrs map[string]string
	triggers  map[string]*trigger
	responses map[string]*responseURL
	uploads   map[string]*upload
	faults    map[string][]Fault
	loseAcks  map[string]int
	calls     []Call
	sent      []Delivery
	addr      string
	http      *http.Server
	closed    bool
	done      chan struct{}
	dirty     chan struct{}
}

// app is an installed app at run time.
type app struct {
	App
	user     *user
	host     string
	conns    []*socket
	turn     int
	tickets  map[string]time.Time
	queue    []*outEvent
	wake     chan struct{}
	verified bool
}

// New makes a workspace from its seed, or from the snapshot in DataDir when there is one.
func New(opts Options) (*Server, error) {
	if err := opts.Seed.check(); err != nil {
		return nil, err
	}
	opts = opts.withDefaults()
	s := &Server{
		opts:      opts,
		mux:       http.NewServeMux(),
		feed:      newFeed(),
		client:    newEgress(opts.AckTimeout),
		modals:    map[string][]*view{},
		modalErrs: map[string]string{},
		triggers:  map[string]*trigger{},
		responses: map[string]*responseURL{},
		uploads:   map[string]*upload{},
		faults:    map[string][]Fault{},
		loseAcks:  map[string]int{},
		dirty:     make(chan struct{}, 1),
		done:      make(chan struct{}),
	}
	s.limits = newLimiter(opts)
	s.methods = methodTable()
	s.ctx, s.cancel = context.WithCancel(context.Background())
	if err := s.load(); err != nil {
		s.cancel()
		return nil, err
	}
	s.install()
	s.routes()
	for _, a := range s.apps {
		s.wg.Go(func() { s.runEvents(a) })
	}
	if opts.DataDir != "" {
		s.wg.Go(s.runSnapshots)
	}
	return s, nil
}

func (s *Server) routes() {
	s.mux.HandleFunc("/api/{method}", s.serveAPI)
	s.mux.HandleFunc("POST /upload/v1/{ticket}", s.serveUpload)
	s.mux.HandleFunc("GET /files-pri/{id}/{name}", s.servePrivateFile)
	s.mux.HandleFunc("GET /signin", serveSignIn)
	s.mux.HandleFunc("POST /response/{token}", s.serveResponseURL)
	s.mux.HandleFunc("GET /link/", s.serveSocket)
	s.mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		fmt.Fprintln(w, "ok")
	})
	s.pageRoutes()
}

// ServeHTTP makes the server usable with httptest and in another mux.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// Serve answers on l until ctx ends or Close is called, and returns when the state is saved.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	stop := context.AfterFunc(ctx, func() { _ = s.Close() })
	defer stop()
	err := s.serve(l)
	return errors.Join(err, s.Close())
}

func (s *Server) serve(l net.Listener) error {
	srv := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return l.Close()
	}
	s.addr, s.http = l.Addr().String(), srv
	s.mu.Unlock()
	if err := srv.Serve(l); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("workspace: %w", err)
	}
	return nil
}

// Start listens on addr ("127.0.0.1:0" picks a port) and serves in the background until Close.
func (s *Server) Start(addr string) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("workspace: %w", err)
	}
	s.mu.Lock()
	s.addr = l.Addr().String()
	s.mu.Unlock()
	s.wg.Go(func() {
		if err := s.serve(l); err != nil {
			s.opts.Logger.Error("workspace stopped", "error", err)
		}
	})
	return nil
}

// Addr is the host and port the server listens on; empty before it does.
func (s *Server) Addr() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addr
}

// URL is the address of the page.
func (s *Server) URL() string { return "http://" + s.Addr() }

// APIURL is what slack-go's OptionAPIURL takes.
func (s *Server) APIURL() string { return s.URL() + "/api/" }

// Close stops the server, ends every connection and writes the snapshot.
func (s *Server) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		<-s.done
		return nil
	}
	s.closed = true
	defer close(s.done)
	srv := s.http
	for _, a := range s.apps {
		for _, c := range a.conns {
			c.close()
		}
	}
	s.mu.Unlock()
	s.cancel()
	var err error
	if srv != nil {
		err = srv.Close()
	}
	s.client.CloseIdleConnections()
	s.wg.Wait()
	return errors.Join(err, s.save())
}

// spawn starts f unless the server is closed; Close waits for it.
func (s *Server) spawn(f func()) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.wg.Go(f)
	return true
}

func (s *Server) now() time.Time { return s.opts.Now() }

// baseURL is where app reaches this server: as it last did, else the listener's address.
func (s *Server) baseURL(a *app) string {
	if a != nil && a.host != "" {
		return "http://" + a.host
	}
	return "http://" + s.addr
}

func randomHex(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}
