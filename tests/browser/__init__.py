"""Stories told in a browser: what people do, on the screens they do it on."""
