// The service's code; nothing here runs it.
