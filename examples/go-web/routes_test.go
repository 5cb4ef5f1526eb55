package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func get(t *testing.T, path string) string {
	t.Helper()
	noon := func() time.Time { return time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC) }
	answer := httptest.NewRecorder()
	routes(noon).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
	if answer.Code != http.StatusOK {
		t.Fatalf("%s answers %d", path, answer.Code)
	}
	return answer.Body.String()
}

func TestRoutes(t *testing.T) {
	for path, want := range map[string]string{
		"/":               "<td>Asia/Tokyo</td><td>21:00</td>",
		"/api/clocks":     `{"place":"Europe/Zurich","time":"13:00","zone":"CET"}`,
		"/healthz":        "ok",
		"/pages/site.css": "font-family",
	} {
		if got := get(t, path); !strings.Contains(got, want) {
			t.Errorf("%s says %q, not %q", path, got, want)
		}
	}
}
