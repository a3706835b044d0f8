// The official Go client of Midtrans, for the tests only: it is no dependency of Selasar.
module github.com/selasar/selasar/test/clients/go

go 1.26

require github.com/midtrans/midtrans-go v1.3.8
