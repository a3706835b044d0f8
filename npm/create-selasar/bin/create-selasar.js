#!/usr/bin/env node
// Runs `selasar init`: npm create selasar runs this file.
process.argv.splice(2, 0, "init");
require("selasar/bin/selasar.js");
