FROM golang:1.27-alpine
WORKDIR /app
COPY . .
RUN go build -o /usr/local/bin/go-web .
EXPOSE 8080
CMD ["go-web"]
