#include "tests/plugin/certificates.h"

#include <openssl/pem.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace harness {
namespace {

void require(bool done) {
  if (!done) throw std::runtime_error("OpenSSL cannot make the client's certificate");
}

void add_extension(X509* certificate, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const X509ExtensionHandle extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
  require(extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1);
}

void set_name(X509* certificate) {
  X509_NAME* name = X509_get_subject_name(certificate);
  for (const auto& [field, value] : {std::pair("O", "HashiCorp"), std::pair("CN", "localhost")}) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(value);
    require(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, bytes, -1, -1, 0) == 1);
  }
  require(X509_set_issuer_name(certificate, name) == 1);
}

template <typename Write>
std::string written(const Write& write) {
  const Bio bio(BIO_new(BIO_s_mem()));
  require(bio != nullptr && write(bio.get()) == 1);
  char* data = nullptr;
  const long length = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(length)};
}

}  // namespace

ClientIdentity create_client_identity() {
  const Key key(EVP_EC_gen("P-521"));
  const X509Handle certificate(X509_new());
  require(key != nullptr && certificate != nullptr);
  require(X509_set_version(certificate.get(), X509_VERSION_3) == 1);
  require(ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1) == 1);
  set_name(certificate.get());
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -30);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 262980L * 3600);
  require(X509_set_pubkey(certificate.get(), key.get()) == 1);
  add_extension(certificate.get(), NID_subject_alt_name, "DNS:localhost");
  add_extension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
  add_extension(certificate.get(), NID_key_usage,
                "critical,digitalSignature,keyEncipherment,keyAgreement,keyCertSign");
  add_extension(certificate.get(), NID_ext_key_usage, "clientAuth,serverAuth");
  add_extension(certificate.get(), NID_subject_key_identifier, "hash");
  require(X509_sign(certificate.get(), key.get(), EVP_sha512()) > 0);
  return {
      .certificate_pem = to_pem(certificate.get()),
      .private_key_pem = written([&](BIO* bio) {
        return PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
      }),
  };
}

std::expected<std::string, std::string> decode_base64(std::string_view text) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  unsigned bits = 0;
  int count = 0;
  for (const char c : text) {
    const std::size_t six = kAlphabet.find(c);
    if (six == std::string_view::npos)
      return std::unexpected("contains the character '" + std::string(1, c) + "'");
    bits = (bits << 6U) | static_cast<unsigned>(six);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>((bits >> static_cast<unsigned>(count)) & 0xFFU);
  }
  if (count == 6) return std::unexpected(std::string("has an invalid length"));
  return bytes;
}

X509Handle read_der_certificate(std::string_view der) {
  const auto* position = reinterpret_cast<const unsigned char*>(der.data());
  const unsigned char* end = position + der.size();
  X509Handle certificate(d2i_X509(nullptr, &position, static_cast<long>(der.size())));
  return position == end ? std::move(certificate) : nullptr;
}

X509Handle read_pem_certificate(std::string_view pem) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return X509Handle(bio ? PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr) : nullptr);
}

Key read_pem_key(std::string_view pem) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return Key(bio ? PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr) : nullptr);
}

std::string to_der(X509* certificate) {
  return written([&](BIO* bio) { return i2d_X509_bio(bio, certificate); });
}

std::string to_pem(X509* certificate) {
  return written([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate); });
}

}  // namespace harness
