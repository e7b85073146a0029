"""The edge that the functions of the settings API share: who may call, bodies, refusals."""
