package clock

import "time"

// Jakarta is the zone of the documentation's times: GMT+7, all year.
var Jakarta = time.FixedZone("WIB", 7*60*60)
