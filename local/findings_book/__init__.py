"""What is made from the catalogue of findings: how much it covers, and its part of the docs."""
