/* The least that a media relay can do, as a yardstick: for each SRTP packet one unprotect and one protect a subscriber
 * (AEAD_AES_128_GCM, RFC 7714), batched receive and send, one thread, nothing else. No ICE, no DTLS, no RTCP, no replay
 * window, no statistics, no segmentation offload. Not a relay: whoever knows the port can send to it.
 *
 *   forwarder ADDRESS          prints "media PORT control PORT" and runs until its standard input ends
 * Commands come as datagrams to the control port on 127.0.0.1, and each is answered with "ok" or with words:
 *   route SSRC KEY SALT        takes this source in; master key (16 bytes) and salt (12) in hex
 *   to SSRC KEY SALT IP PORT   sends it on under the subscriber's own key
 *   count                      answers "ok IN OUT REFUSED", in packets
 * They are read by a thread of their own, which sleeps while media flows.
 *
 * Build: cc -O2 -o forwarder forwarder.c -lcrypto -lpthread
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <openssl/evp.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
  BATCH = 64,
  SLOT = 2048,       /* bytes for a datagram */
  TABLE = 4096,      /* sources; a power of two, never more than half full */
  SUBSCRIBERS = 8,   /* of one source */
  TAG = 16,
  NONCE = 12,
};

typedef struct {
  EVP_CIPHER_CTX *cipher; /* keyed once; a packet brings its nonce only */
  uint8_t salt[NONCE];
} srtp_key;

typedef struct {
  srtp_key key;
  struct sockaddr_in to;
} subscriber;

typedef struct {
  uint32_t ssrc;
  int has_begun;
  uint64_t highest; /* packet index: rollover counter and sequence number (RFC 3711 §3.3.1) */
  srtp_key key;
  _Atomic int count;
  subscriber subscribers[SUBSCRIBERS];
} source;

/* Filled by the commands' thread, read by the media thread: an entry is complete before its pointer is there. */
static _Atomic(source *) table[TABLE];
static int sources;
static _Atomic uint64_t packets_in, packets_out, packets_refused;

static _Atomic(source *) *slot_of(uint32_t ssrc) {
  uint32_t slot = (ssrc * 2654435761u) >> 20;
  source *there;
  while ((there = atomic_load_explicit(&table[slot], memory_order_acquire)) && there->ssrc != ssrc) slot = (slot + 1) & (TABLE - 1);
  return &table[slot];
}

/* RFC 3550 §5.1, §5.3.1; 0 when it does not fit. */
static int header_length(const uint8_t *packet, int length) {
  if (length < 12 + TAG || packet[0] >> 6 != 2) return 0;
  int header = 12 + 4 * (packet[0] & 15);
  if (packet[0] & 16) {
    if (length < header + 4 + TAG) return 0;
    header += 4 + 4 * (packet[header + 2] << 8 | packet[header + 3]);
  }
  return header + TAG <= length ? header : 0;
}

/* RFC 3711 appendix A: the index nearest to the highest one. */
static uint64_t index_of(const source *from, uint16_t sequence) {
  if (!from->has_begun) return sequence;
  int64_t index = (int64_t)from->highest + (int16_t)(sequence - (uint16_t)from->highest);
  return index < 0 ? (uint64_t)index + 65536 : (uint64_t)index;
}

/* RFC 7714 §8.1. */
static void nonce_of(uint8_t *nonce, const uint8_t *salt, const uint8_t *packet, uint64_t index) {
  nonce[0] = salt[0];
  nonce[1] = salt[1];
  for (int i = 0; i < 4; i++) nonce[2 + i] = salt[2 + i] ^ packet[8 + i];
  for (int i = 0; i < 6; i++) nonce[6 + i] = salt[6 + i] ^ (uint8_t)(index >> (40 - 8 * i));
}

static int open_packet(const srtp_key *key, uint64_t index, uint8_t *packet, int header, int length) {
  uint8_t nonce[NONCE];
  int none, body = length - header - TAG;
  nonce_of(nonce, key->salt, packet, index);
  return EVP_DecryptInit_ex(key->cipher, NULL, NULL, NULL, nonce) == 1
    && EVP_DecryptUpdate(key->cipher, NULL, &none, packet, header) == 1
    && EVP_DecryptUpdate(key->cipher, packet + header, &none, packet + header, body) == 1
    && EVP_CIPHER_CTX_ctrl(key->cipher, EVP_CTRL_AEAD_SET_TAG, TAG, packet + length - TAG) == 1
    && EVP_DecryptFinal_ex(key->cipher, packet + length - TAG, &none) == 1;
}

/* Length is the same before and after: what comes in has a tag too. */
static int seal_packet(const srtp_key *key, uint64_t index, uint8_t *to, const uint8_t *packet, int header, int length) {
  uint8_t nonce[NONCE];
  int none, body = length - header - TAG;
  nonce_of(nonce, key->salt, packet, index);
  memcpy(to, packet, header);
  return EVP_EncryptInit_ex(key->cipher, NULL, NULL, NULL, nonce) == 1
    && EVP_EncryptUpdate(key->cipher, NULL, &none, packet, header) == 1
    && EVP_EncryptUpdate(key->cipher, to + header, &none, packet + header, body) == 1
    && EVP_EncryptFinal_ex(key->cipher, to + length - TAG, &none) == 1
    && EVP_CIPHER_CTX_ctrl(key->cipher, EVP_CTRL_AEAD_GET_TAG, TAG, to + length - TAG) == 1;
}

static uint8_t in_bytes[BATCH][SLOT], out_bytes[BATCH * SUBSCRIBERS][SLOT];
static struct iovec in_parts[BATCH], out_parts[BATCH * SUBSCRIBERS];
static struct mmsghdr in[BATCH], out[BATCH * SUBSCRIBERS];

static int forward(uint8_t *packet, int length, int queued) {
  int header = header_length(packet, length);
  if (!header) return queued;
  uint32_t ssrc = (uint32_t)packet[8] << 24 | packet[9] << 16 | packet[10] << 8 | packet[11];
  source *from = atomic_load_explicit(slot_of(ssrc), memory_order_acquire);
  if (!from) return queued;
  uint64_t index = index_of(from, (uint16_t)(packet[2] << 8 | packet[3]));
  if (!open_packet(&from->key, index, packet, header, length)) return queued;
  if (!from->has_begun || index > from->highest) from->highest = index;
  from->has_begun = 1;

  int count = atomic_load_explicit(&from->count, memory_order_acquire);
  for (int i = 0; i < count; i++) {
    subscriber *to = &from->subscribers[i];
    if (!seal_packet(&to->key, index, out_bytes[queued], packet, header, length)) continue;
    out_parts[queued].iov_len = (size_t)length;
    out[queued].msg_hdr.msg_name = &to->to;
    queued++;
  }
  return queued;
}

static void run(int media) {
  for (int i = 0; i < BATCH; i++) {
    in_parts[i] = (struct iovec){ in_bytes[i], SLOT };
    in[i].msg_hdr = (struct msghdr){ .msg_iov = &in_parts[i], .msg_iovlen = 1 };
  }
  for (int i = 0; i < BATCH * SUBSCRIBERS; i++) {
    out_parts[i] = (struct iovec){ out_bytes[i], 0 };
    out[i].msg_hdr = (struct msghdr){ .msg_iov = &out_parts[i], .msg_iovlen = 1, .msg_namelen = sizeof(struct sockaddr_in) };
  }

  for (;;) {
    int received = recvmmsg(media, in, BATCH, MSG_WAITFORONE, NULL);
    if (received <= 0) continue; /* a port that nobody listens at, told by ICMP */
    int queued = 0, accepted = 0;
    for (int i = 0; i < received; i++) {
      int before = queued;
      queued = forward(in_bytes[i], (int)in[i].msg_len, queued);
      accepted += queued > before;
    }
    for (int sent = 0; sent < queued;) {
      int step = sendmmsg(media, out + sent, (unsigned)(queued - sent), 0);
      sent += step > 0 ? step : 1; /* what the kernel can't take is lost, as in the network */
    }
    atomic_fetch_add_explicit(&packets_in, (uint64_t)received, memory_order_relaxed);
    atomic_fetch_add_explicit(&packets_out, (uint64_t)queued, memory_order_relaxed);
    atomic_fetch_add_explicit(&packets_refused, (uint64_t)(received - accepted), memory_order_relaxed);
  }
}

/* RFC 3711 §4.3.1 with a 96-bit salt (RFC 7714 §11): one block of AES in counter mode for each label. */
static int derive(const uint8_t *key, const uint8_t *salt, uint8_t label, uint8_t *derived) {
  uint8_t counter[16] = { 0 };
  int length, done;
  memcpy(counter, salt, NONCE);
  counter[7] ^= label;
  EVP_CIPHER_CTX *cipher = EVP_CIPHER_CTX_new();
  done = cipher && EVP_EncryptInit_ex(cipher, EVP_aes_128_ecb(), NULL, key, NULL) == 1
    && EVP_EncryptUpdate(cipher, derived, &length, counter, sizeof counter) == 1;
  EVP_CIPHER_CTX_free(cipher);
  return done;
}

static int unhex(const char *text, uint8_t *bytes, size_t length) {
  if (strlen(text) != 2 * length) return 0;
  for (size_t i = 0; i < length; i++)
    if (sscanf(text + 2 * i, "%2hhx", &bytes[i]) != 1) return 0;
  return 1;
}

static int set_key(srtp_key *key, const char *key_text, const char *salt_text, int encrypts) {
  uint8_t master[16], master_salt[NONCE], session[16], session_salt[16];
  if (!unhex(key_text, master, sizeof master) || !unhex(salt_text, master_salt, sizeof master_salt)) return 0;
  if (!derive(master, master_salt, 0, session) || !derive(master, master_salt, 2, session_salt)) return 0;
  memcpy(key->salt, session_salt, NONCE);
  key->cipher = EVP_CIPHER_CTX_new();
  return key->cipher && EVP_CipherInit_ex(key->cipher, EVP_aes_128_gcm(), NULL, session, NULL, encrypts) == 1;
}

static const char *add_source(uint32_t ssrc, const char *key, const char *salt) {
  _Atomic(source *) *slot = slot_of(ssrc);
  if (atomic_load(slot)) return "this source is there already";
  if (sources == TABLE / 2) return "too many sources";
  source *added = calloc(1, sizeof *added);
  if (!added || !set_key(&added->key, key, salt, 0)) return "no key of 16 bytes and salt of 12 in hex";
  added->ssrc = ssrc;
  sources++;
  atomic_store_explicit(slot, added, memory_order_release);
  return NULL;
}

static const char *add_subscriber(uint32_t ssrc, const char *key, const char *salt, const char *ip, unsigned port) {
  source *from = atomic_load(slot_of(ssrc));
  if (!from) return "no such source";
  int count = atomic_load(&from->count);
  if (count == SUBSCRIBERS) return "too many subscribers";
  subscriber *added = &from->subscribers[count];
  added->to = (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
  if (inet_pton(AF_INET, ip, &added->to.sin_addr) != 1 || port == 0 || port > 65535) return "no IPv4 address and port";
  if (!set_key(&added->key, key, salt, 1)) return "no key of 16 bytes and salt of 12 in hex";
  atomic_store_explicit(&from->count, count + 1, memory_order_release);
  return NULL;
}

static int obey(const char *line, char *answer, size_t room) {
  char key[64], salt[64], ip[64];
  uint32_t ssrc;
  unsigned port;
  const char *problem = "unknown command";
  if (sscanf(line, "route %u %63s %63s", &ssrc, key, salt) == 3) problem = add_source(ssrc, key, salt);
  else if (sscanf(line, "to %u %63s %63s %63s %u", &ssrc, key, salt, ip, &port) == 5) problem = add_subscriber(ssrc, key, salt, ip, port);
  else if (strcmp(line, "count") == 0)
    return snprintf(answer, room, "ok %llu %llu %llu",
      (unsigned long long)packets_in, (unsigned long long)packets_out, (unsigned long long)packets_refused);
  return snprintf(answer, room, "%s", problem ? problem : "ok");
}

static void *read_commands(void *argument) {
  int control = *(int *)argument;
  struct pollfd waits[] = { { .fd = STDIN_FILENO, .events = POLLIN }, { .fd = control, .events = POLLIN } };
  for (;;) {
    char line[256], answer[128];
    struct sockaddr_in from;
    socklen_t length = sizeof from;
    if (poll(waits, 2, -1) < 0) continue;
    if (waits[0].revents && read(STDIN_FILENO, line, sizeof line) <= 0) exit(0);
    if (!waits[1].revents) continue;
    ssize_t read = recvfrom(control, line, sizeof line - 1, 0, (struct sockaddr *)&from, &length);
    if (read < 0) continue;
    line[read] = 0;
    sendto(control, answer, (size_t)obey(line, answer, sizeof answer), 0, (struct sockaddr *)&from, length);
  }
}

/* A bound UDP socket; its port goes into *port. */
static int open_socket(struct in_addr address, int *port) {
  struct sockaddr_in here = { .sin_family = AF_INET, .sin_addr = address };
  socklen_t length = sizeof here;
  int opened = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (opened < 0 || bind(opened, (struct sockaddr *)&here, sizeof here) != 0 || getsockname(opened, (struct sockaddr *)&here, &length) != 0) {
    perror("forwarder: no socket on this address");
    exit(1);
  }
  *port = ntohs(here.sin_port);
  return opened;
}

int main(int count, char **arguments) {
  struct in_addr address;
  int media_port, control_port, buffer = 4 << 20; /* as large as the relay's */
  if (count != 2 || inet_pton(AF_INET, arguments[1], &address) != 1) {
    fputs("usage: forwarder ADDRESS (IPv4)\n", stderr);
    return 2;
  }
  int media = open_socket(address, &media_port);
  int control = open_socket((struct in_addr){ htonl(INADDR_LOOPBACK) }, &control_port);
  setsockopt(media, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
  setsockopt(media, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
  printf("media %d control %d\n", media_port, control_port);
  fflush(stdout);

  pthread_t commands;
  if (pthread_create(&commands, NULL, read_commands, &control) != 0) return 1;
  run(media);
}
