/** Code that checks a signature, in four languages. `docs/webhooks.md` shows the same, and a test runs each. */
export const VERIFY_CODE = {
  node: {
    title: 'Node.js',
    text: `import { createHmac, timingSafeEqual } from 'node:crypto';

const SECRET = process.env.WEBHOOK_SECRET; // whsec_...

/** body: the text as it came, before JSON.parse. headers: names in lower case. */
export function isGenuine(body, headers, nowSeconds = Date.now() / 1000) {
  const id = headers['webhook-id'] ?? '';
  const timestamp = headers['webhook-timestamp'] ?? '';
  if (!(Math.abs(nowSeconds - Number(timestamp)) <= 300)) return false;
  const key = Buffer.from(SECRET.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', key).update(\`\${id}.\${timestamp}.\${body}\`).digest();
  return (headers['webhook-signature'] ?? '').split(' ').some((signature) => {
    if (!signature.startsWith('v1,')) return false;
    const given = Buffer.from(signature.slice(3), 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
`,
  },
  python: {
    title: 'Python',
    text: `import base64
import hashlib
import hmac
import os
import time

SECRET = os.environ["WEBHOOK_SECRET"]  # whsec_...


def is_genuine(body: bytes, headers, now=None):
    """body: the bytes as they came, before json.loads. headers: names in lower case."""
    id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not timestamp.isdecimal() or abs((now or time.time()) - int(timestamp)) > 300:
        return False
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    signed = f"{id}.{timestamp}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
    return any(
        hmac.compare_digest(signature.encode(), b"v1," + expected)
        for signature in headers.get("webhook-signature", "").split(" ")
    )
`,
  },
  php: {
    title: 'PHP',
    text: `<?php

/** $body: file_get_contents('php://input'). $headers: names in lower case. */
function isGenuine(string $body, array $headers, ?int $now = null): bool
{
    $secret = getenv('WEBHOOK_SECRET'); // whsec_...
    $id = $headers['webhook-id'] ?? '';
    $timestamp = $headers['webhook-timestamp'] ?? '';
    if (!ctype_digit($timestamp) || abs(($now ?? time()) - (int) $timestamp) > 300) {
        return false;
    }
    $key = base64_decode(preg_replace('/^whsec_/', '', $secret));
    $expected = base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    foreach (explode(' ', $headers['webhook-signature'] ?? '') as $signature) {
        if (hash_equals("v1,$expected", $signature)) {
            return true;
        }
    }
    return false;
}
`,
  },
  go: {
    title: 'Go',
    text: `package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// IsGenuine checks a body as it came, before it is unmarshalled.
func IsGenuine(body []byte, headers http.Header, now time.Time) bool {
	id, timestamp := headers.Get("webhook-id"), headers.Get("webhook-timestamp")
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if age := now.Unix() - seconds; err != nil || age > 300 || age < -300 {
		return false
	}
	secret := strings.TrimPrefix(os.Getenv("WEBHOOK_SECRET"), "whsec_")
	key, err := base64.StdEncoding.DecodeString(secret)
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(id + "." + timestamp + "."))
	mac.Write(body)
	expected := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	for _, signature := range strings.Split(headers.Get("webhook-signature"), " ") {
		if hmac.Equal([]byte(signature), []byte(expected)) {
			return true
		}
	}
	return false
}
`,
  },
} as const;

export type VerifyLanguage = keyof typeof VERIFY_CODE;
export const VERIFY_LANGUAGES = Object.keys(VERIFY_CODE) as VerifyLanguage[];
