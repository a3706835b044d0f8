package main

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// drink is one line of the menu; prices are whole rupiah.
type drink struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Note  text   `json:"note"`
	Price int    `json:"price"`
}

// text is a text in the two languages of the page.
type text struct {
	ID string `json:"id"`
	EN string `json:"en"`
}

var menu = []drink{
	{"tubruk", "Kopi Tubruk", text{"Gayo, diseduh kasar", "Gayo beans, coarsely ground"}, 12_000},
	{"susu", "Es Kopi Susu", text{"Gula aren, susu segar", "Palm sugar, fresh milk"}, 18_000},
	{"pandan", "Latte Pandan", text{"Pandan dari kebun sendiri", "Pandan from our own garden"}, 24_000},
	{"jahe", "Kopi Jahe", text{"Hangat, dengan jahe merah", "Warm, with red ginger"}, 15_000},
	{"cokelat", "Cokelat Ende", text{"Tanpa kopi, tetap sedap", "No coffee, still delicious"}, 20_000},
}

// order is an order of a customer with the state of its payment.
type order struct {
	Number  string  `json:"number"`
	Shop    string  `json:"shop"`
	What    string  `json:"what"`
	Total   int     `json:"total"`
	State   string  `json:"state"` // created, pending, paid, refunded, cancelled, failed or expired
	Heard   string  `json:"heard"` // the state in the last notification
	Payment payment `json:"payment"`
	owner   string  // the customer's account
}

// price checks the ordered items and adds up their prices. The backend never trusts a sum from the page.
func price(wanted map[string]int) (total int, what string, err error) {
	var parts []string
	for _, d := range menu {
		n, ok := wanted[d.ID]
		if ok && (n < 1 || n > 20) {
			return 0, "", fmt.Errorf("between 1 and 20 cups of %s", d.Name)
		}
		if ok {
			total += n * d.Price
			parts = append(parts, fmt.Sprintf("%d × %s", n, d.Name))
		}
	}
	if len(parts) == 0 || len(parts) != len(wanted) {
		return 0, "", fmt.Errorf("order at least one drink from the menu")
	}
	return total, strings.Join(parts, ", "), nil
}

// orders stores all orders in memory, oldest first. A real shop uses a database.
type orders struct {
	mu    sync.Mutex
	last  int
	all   []order
	heard map[string]bool // X-EXTERNAL-IDs of the processed notifications
}

// number returns the number of the next order.
func (o *orders) number() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.last++
	return fmt.Sprintf("K-%03d", o.last)
}

func (o *orders) add(new order) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.all = append(o.all, new)
}

// of returns a customer's order. It does not return orders of other customers.
func (o *orders) of(owner, number string) (order, bool) {
	return o.find(func(known order) bool { return known.Number == number && known.owner == owner })
}

// paidBy returns the order of a payment.
func (o *orders) paidBy(referenceNo string) (order, bool) {
	return o.find(func(known order) bool { return known.Payment.ReferenceNo == referenceNo })
}

func (o *orders) find(wanted func(order) bool) (order, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if i := slices.IndexFunc(o.all, wanted); i >= 0 {
		return o.all[i], true
	}
	return order{}, false
}

// all returns the orders of a customer, newest first.
func (o *orders) history(owner string) []order {
	o.mu.Lock()
	defer o.mu.Unlock()
	list := []order{}
	for _, known := range slices.Backward(o.all) {
		if known.owner == owner {
			list = append(list, known)
		}
	}
	return list
}

// retry sets a new payment for an order.
func (o *orders) retry(number string, p payment) {
	o.change(func(known *order) bool { return known.Number == number }, func(known *order) { known.Payment, known.State = p, "created" })
}

// stand sets the state of an order's payment. Answers may arrive out of order, so a state never goes back.
func (o *orders) stand(referenceNo, state string) {
	o.change(func(known *order) bool {
		return known.Payment.ReferenceNo == referenceNo && step[state] > step[known.State]
	},
		func(known *order) { known.State = state })
}

// step orders the states of a payment.
var step = map[string]int{"created": 1, "pending": 2, "paid": 3, "cancelled": 3, "failed": 3, "expired": 3, "refunded": 4}

// isNew reports whether a notification was not processed yet.
func (o *orders) isNew(notification string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return !o.heard[notification]
}

// heed marks a notification as processed and stores its state.
func (o *orders) heed(notification, referenceNo, said string) {
	o.change(func(known *order) bool { return known.Payment.ReferenceNo == referenceNo && !o.heard[notification] }, func(known *order) {
		known.Heard = said
		o.heard[notification] = true
	})
}

func (o *orders) change(wanted func(*order) bool, fn func(*order)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for i := range o.all {
		if wanted(&o.all[i]) {
			fn(&o.all[i])
		}
	}
}
