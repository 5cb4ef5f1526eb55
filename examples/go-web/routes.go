package main

import (
	"embed"
	"encoding/json"
	"html/template"
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
)

//go:embed pages
var pages embed.FS

var templates = template.Must(template.ParseFS(pages, "pages/*.html"))

// routes are the pages of the app; now tells the time.
func routes(now func() time.Time) http.Handler {
	router := chi.NewRouter()
	router.Use(middleware.Logger, middleware.Recoverer)
	router.Get("/", func(w http.ResponseWriter, r *http.Request) {
		found, err := clocks(now())
		if err == nil {
			err = templates.ExecuteTemplate(w, "clocks.html", found)
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	})
	router.Get("/api/clocks", func(w http.ResponseWriter, r *http.Request) {
		found, err := clocks(now())
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(found)
	})
	router.Get("/healthz", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("ok\n")) })
	router.Handle("/pages/*", http.FileServerFS(pages))
	return router
}
