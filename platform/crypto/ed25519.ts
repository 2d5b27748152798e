import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import type { Ed25519Sign, Ed25519Verify } from "#core/ledger/note.ts";
import type { Bytes } from "#core/proof/bytes.ts";

// What stands before the 32 bytes of a seed (PKCS #8) and of a public key (SPKI) in DER. Source: RFC 8410 §7, §4.
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");
const SPKI = Buffer.from("302a300506032b6570032100", "hex");

/** Ed25519 key of a 32-byte seed: the ledger's signing key is a subkey, so nothing more has to be kept. Throws RangeError for
 *  another length. Source: RFC 8032 §5.1.5. */
export function ed25519Of(seed: Bytes): { readonly publicKey: Bytes; readonly sign: Ed25519Sign } {
  if (seed.length !== 32) throw new RangeError("an Ed25519 seed is 32 bytes");
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  return {
    publicKey: new Uint8Array(spki.subarray(SPKI.length)),
    sign: (message) => new Uint8Array(sign(null, message, key)),
  };
}

/** Checks an Ed25519 signature. Source: RFC 8032 §5.1.7. */
export const verifyEd25519: Ed25519Verify = (publicKey, message, signature) =>
  publicKey.length === 32 &&
  signature.length === 64 &&
  verify(
    null,
    message,
    createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: "der", type: "spki" }),
    signature,
  );
