-- An ask names the dialect of its call, so that the call can go on in it.
ALTER TABLE asks ADD COLUMN dialect TEXT NOT NULL DEFAULT 'webview';
