module kopi

go 1.25
