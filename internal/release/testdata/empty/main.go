// Empty is a small program for the tests.
package main

func main() {}
