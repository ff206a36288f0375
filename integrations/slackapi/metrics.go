package slackapi

import (
	"errors"
	"fmt"

	"github.com/prometheus/client_golang/prometheus"
)

// Outcomes of an inbound request, as the metric's label.
const (
	outcomeOK        = "ok"
	outcomeDuplicate = "duplicate"
	outcomeRefused   = "queue_full"
	outcomeClosed    = "shutting_down"
	outcomeForged    = "unverified"
	outcomeMalformed = "malformed"
	outcomeRetry     = "retry"
	outcomePanic     = "panic"
	outcomeLate      = "late"
	outcomeIgnored   = "ignored"
)

type serverMetrics struct {
	requests *prometheus.CounterVec
	ack      *prometheus.HistogramVec
	queue    prometheus.GaugeFunc
	after    prometheus.GaugeFunc
	afters   *prometheus.CounterVec
	sockets  prometheus.Gauge
}

func newServerMetrics(queued, after func() float64) *serverMetrics {
	return &serverMetrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "huiban_slack_requests_total",
			Help: "Requests from Slack by type and outcome.",
		}, []string{"type", "outcome"}),
		ack: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "huiban_slack_ack_seconds",
			Help:    "Time from receiving a request to acknowledging it.",
			Buckets: []float64{.002, .005, .01, .025, .05, .1, .25, .5, 1, 2, 3},
		}, []string{"type"}),
		queue: prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "huiban_slack_queue_length",
			Help: "Requests waiting for a worker.",
		}, queued),
		after: prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "huiban_slack_after_queue_length",
			Help: "Work that waits to be done after its acknowledgement.",
		}, after),
		afters: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "huiban_slack_after_total",
			Help: "Work done after an acknowledgement, by outcome.",
		}, []string{"outcome"}),
		sockets: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "huiban_slack_socket_connections",
			Help: "Open Socket Mode connections.",
		}),
	}
}

func (m *serverMetrics) register(reg prometheus.Registerer) error {
	return registerAll(reg, m.requests, m.ack, m.queue, m.after, m.afters, m.sockets)
}

type clientMetrics struct {
	calls   *prometheus.CounterVec
	retries *prometheus.CounterVec
}

func newClientMetrics() *clientMetrics {
	return &clientMetrics{
		calls: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "huiban_slack_calls_total",
			Help: "Calls of the Web API by method and result.",
		}, []string{"method", "result"}),
		retries: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "huiban_slack_call_retries_total",
			Help: "Attempts beyond the first of a Web API call, by method.",
		}, []string{"method"}),
	}
}

func (m *clientMetrics) register(reg prometheus.Registerer) error {
	return registerAll(reg, m.calls, m.retries)
}

func registerAll(reg prometheus.Registerer, cs ...prometheus.Collector) error {
	if reg == nil {
		return nil
	}
	var errs []error
	for _, c := range cs {
		errs = append(errs, reg.Register(c))
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("slackapi: registering metrics: %w", err)
	}
	return nil
}
