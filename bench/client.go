package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
)

// client is one HTTP connection with little overhead, so that the load uses little of
// the machine. Requests are prepared bytes, and only the status and the body of an
// answer are read.
type client struct {
	conn net.Conn
	in   *bufio.Reader
	body []byte
}

func dial(address string) (*client, error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &client{conn: conn, in: bufio.NewReader(conn)}, nil
}

// post returns the bytes of a request.
func post(address, path, authorization, body string) []byte {
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: %s\r\nAuthorization: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		path, address, authorization, len(body), body)
}

// send sends a request and returns the answer's body, which is valid until the next
// call. A status other than 2xx is an error.
func (c *client) send(request []byte) ([]byte, error) {
	if _, err := c.conn.Write(request); err != nil {
		return nil, err
	}
	status, length, err := c.head()
	if err != nil {
		return nil, err
	}
	if cap(c.body) < length {
		c.body = make([]byte, length)
	}
	c.body = c.body[:length]
	if _, err := io.ReadFull(c.in, c.body); err != nil {
		return nil, err
	}
	if status[0] != '2' {
		return nil, fmt.Errorf("status %s: %s", status, c.body)
	}
	return c.body, nil
}

func (c *client) head() (status string, length int, err error) {
	length = -1
	for first := true; ; first = false {
		line, err := c.in.ReadSlice('\n')
		if err != nil {
			return "", 0, err
		}
		line = bytes.TrimRight(line, "\r\n")
		value, isLength := bytes.CutPrefix(line, []byte("Content-Length: "))
		switch {
		case first && len(line) > 12:
			status = string(line[9:12])
		case isLength:
			if length, err = strconv.Atoi(string(value)); err != nil {
				return "", 0, err
			}
		case len(line) == 0:
			if status == "" || length < 0 {
				return "", 0, errors.New("an answer without a status or a length")
			}
			return status, length, nil
		}
	}
}

// member returns the text of a JSON member of a body.
func member(body []byte, name string) ([]byte, error) {
	_, rest, ok := bytes.Cut(body, []byte(`"`+name+`":"`))
	text, _, closed := bytes.Cut(rest, []byte(`"`))
	if !ok || !closed {
		return nil, fmt.Errorf("no %s in %s", name, body)
	}
	return text, nil
}
