"""Go's standard library: which package is meant by a name.

Source: `go list std` of Go 1.27.
"""

from __future__ import annotations

from collections.abc import Collection

# Of two packages of one name only that is here which lessons use.
_PATHS = """
    archive/tar archive/zip bufio bytes cmp compress/bzip2 compress/flate compress/gzip compress/lzw
    compress/zlib container/heap container/list container/ring context crypto crypto/aes
    crypto/cipher crypto/des crypto/ecdh crypto/ecdsa crypto/ed25519 crypto/elliptic crypto/fips140
    crypto/hkdf crypto/hmac crypto/hpke crypto/md5 crypto/mlkem crypto/pbkdf2 crypto/rc4 crypto/rsa
    crypto/sha1 crypto/sha256 crypto/sha3 crypto/sha512 crypto/subtle crypto/tls crypto/x509
    database/sql debug/buildinfo debug/dwarf debug/elf debug/gosym debug/macho debug/pe
    debug/plan9obj embed encoding encoding/ascii85 encoding/asn1 encoding/base32 encoding/base64
    encoding/binary encoding/csv encoding/gob encoding/hex encoding/json encoding/pem encoding/xml
    errors expvar flag fmt go/ast go/build go/constant go/doc go/format go/importer go/parser
    go/printer go/token go/types hash hash/adler32 hash/crc32 hash/crc64 hash/fnv hash/maphash html
    image image/color image/draw image/gif image/jpeg image/png index/suffixarray io io/fs io/ioutil
    iter log log/slog log/syslog maps math math/big math/bits math/cmplx math/rand mime
    mime/multipart mime/quotedprintable net net/http net/http/httptest net/mail net/netip net/rpc
    net/smtp net/textproto net/url os os/exec os/signal os/user path path/filepath plugin reflect
    regexp runtime runtime/debug runtime/metrics runtime/pprof runtime/trace slices sort strconv
    strings structs sync sync/atomic syscall testing testing/fstest testing/iotest testing/quick
    testing/slogtest testing/synctest text/scanner text/tabwriter text/template time unicode
    unicode/utf16 unicode/utf8 unique unsafe uuid weak
"""
BY_NAME = {path.rpartition("/")[2]: path for path in _PATHS.split()}

_RAND_2 = "math/rand/v2"
_ONLY_IN_RAND_2 = """
    Int32 Int32N Int64 Int64N IntN N NewChaCha8 NewPCG PCG Uint Uint32N Uint64N UintN
"""


def path_of(name: str, members: Collection[str] = ()) -> str | None:
    """The import path of a package, by its name and what is used of it; None if there is none."""
    if name == "rand" and not set(members).isdisjoint(_ONLY_IN_RAND_2.split()):
        return _RAND_2
    return BY_NAME.get(name)
