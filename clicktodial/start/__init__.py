"""The first hour: who may become administrator of an empty site, and what is to be done next."""
