# Rust on Alpine with what its fixtures need beside the testbed's family rust, whose image it begins with. Its tag is its
# own, as the one that Dockerfiles name is taken by then.
group "rust-more" { targets = ["rust-alpine-more"] }

target "rust-alpine-more" {
  inherits = ["stand-in"]
  context  = "${EXTRA}/rust-more"
  contexts = { rust = "target:rust-alpine" }
  target   = "more"
  tags     = ["rust-more:alpine"]
}
