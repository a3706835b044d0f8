module provider

go 1.25
