package dev.dvtls.manifest.reading;

import dev.dvtls.python.Expr;

/** A call and the scope that its names are looked up in. */
record CallSite(Expr.Call call, Scope scope) {}
