package clock

import "time"

// Jakarta is the time zone that the documentation uses: GMT+7 all year.
var Jakarta = time.FixedZone("WIB", 7*60*60)
