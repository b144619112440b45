// The browsers are Debian's own (see test/browser/browsers.ts); puppeteer must never download one.
module.exports = { skipDownload: true }
