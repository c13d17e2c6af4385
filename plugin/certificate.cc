#include "plugin/certificate.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>

namespace tf::plugin {
namespace {

constexpr long kBackdatedSeconds = 30;
constexpr long kValidSeconds = 30L * 365 * 24 * 3600;

template <auto Free>
struct Deleter {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using Bio = std::unique_ptr<BIO, Deleter<BIO_free>>;
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>>;
using BigNumber = std::unique_ptr<BIGNUM, Deleter<BN_free>>;

void require(bool succeeded, const char* action) {
  if (!succeeded) throw std::runtime_error(std::string("OpenSSL could not ") + action);
}

void add_extension(X509* certificate, int nid, const char* value) {
  const Extension extension(X509V3_EXT_conf_nid(nullptr, nullptr, nid, value));
  require(extension != nullptr, "make a certificate extension");
  require(X509_add_ext(certificate, extension.get(), -1) == 1, "add a certificate extension");
}

void set_random_serial(X509* certificate) {
  const BigNumber serial(BN_new());
  require(serial != nullptr && BN_rand(serial.get(), 127, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1,
          "draw a serial number");
  require(BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate)) != nullptr,
          "set a serial number");
}

void set_subject(X509* certificate) {
  X509_NAME* name = X509_get_subject_name(certificate);
  const auto add = [&](const char* field, const char* value) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(value);
    require(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, bytes, -1, -1, 0) == 1,
            "name a certificate");
  };
  add("O", "terraform-provider");
  add("CN", "localhost");
  require(X509_set_issuer_name(certificate, name) == 1, "name an issuer");
}

Certificate self_signed(EVP_PKEY* key, core::UtcTime now) {
  Certificate certificate(X509_new());
  require(certificate != nullptr && X509_set_version(certificate.get(), X509_VERSION_3) == 1,
          "make a certificate");
  set_random_serial(certificate.get());
  set_subject(certificate.get());
  time_t start = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  require(
      X509_time_adj_ex(X509_getm_notBefore(certificate.get()), 0, -kBackdatedSeconds, &start) != nullptr &&
          X509_time_adj_ex(X509_getm_notAfter(certificate.get()), 0, kValidSeconds, &start) != nullptr,
      "date a certificate");
  require(X509_set_pubkey(certificate.get(), key) == 1, "set a public key");
  add_extension(certificate.get(), NID_subject_alt_name, "DNS:localhost");
  add_extension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
  add_extension(certificate.get(), NID_key_usage,
                "critical,digitalSignature,keyEncipherment,keyAgreement,keyCertSign");
  add_extension(certificate.get(), NID_ext_key_usage, "serverAuth,clientAuth");
  require(X509_sign(certificate.get(), key, EVP_sha256()) > 0, "sign a certificate");
  return certificate;
}

template <typename Write>
std::string to_pem(const Write& write) {
  const Bio bio(BIO_new(BIO_s_mem()));
  require(bio != nullptr && write(bio.get()) == 1, "write PEM");
  char* data = nullptr;
  const long length = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(length)};
}

std::string unpadded_base64(X509* certificate) {
  unsigned char* der = nullptr;
  const int length = i2d_X509(certificate, &der);
  require(length > 0, "write DER");
  const std::unique_ptr<unsigned char, Deleter<[](void* p) { OPENSSL_free(p); }>> owned(der);
  std::string text(4 * ((static_cast<std::size_t>(length) + 2) / 3), '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), der, length);
  while (text.ends_with('=')) text.pop_back();
  return text;
}

}  // namespace

ServerIdentity create_server_identity(core::UtcTime now) {
  const Key key(EVP_EC_gen("P-256"));
  require(key != nullptr, "make a key");
  const Certificate certificate = self_signed(key.get(), now);
  return {
      .certificate_pem = to_pem([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate.get()); }),
      .private_key_pem = to_pem([&](BIO* bio) {
        return PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
      }),
      .certificate_field = unpadded_base64(certificate.get()),
  };
}

bool is_certificate(std::string_view pem) {
  const Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const Certificate certificate(bio ? PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr) : nullptr);
  return certificate != nullptr;
}

}  // namespace tf::plugin
