"""The SOAP interface of both generations, as a server sees it."""
