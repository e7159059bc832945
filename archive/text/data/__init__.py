"""Language data: tables read by the modules of this package, one TOML file a subject."""
