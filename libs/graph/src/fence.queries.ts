import { cypher } from './cypher.ts';

/**
 * Takes the lock of the bookkeeping node, so that what is read next stays so until the transaction ends. Only a change
 * takes it (removing what is not there does not); this one is undone at once.
 */
export const lockCurrent = cypher`
  MERGE (current:Current {id: 'current'})
  SET current.lock = true
  REMOVE current.lock
`;

/** A lease from the future was taken before the server's clock was set back: it would hold until then. */
export const readFence = cypher`
  MATCH (current:Current {id: 'current'})
  RETURN coalesce(current.fence, 0) AS fence,
    current.leaseId AS leaseId,
    current.leaseHolder AS holder,
    current.lastWrite AS lastWrite,
    coalesce(current.leaseExpiresAt <= timestamp(), true)
      OR coalesce(current.leaseRenewedAt > timestamp(), false) AS expired
`;

export const takeLease = cypher`
  MATCH (current:Current {id: 'current'})
  SET current.fence = $token,
    current.leaseId = $leaseId,
    current.leaseHolder = $holder,
    current.leaseRenewedAt = timestamp(),
    current.leaseExpiresAt = timestamp() + toInteger($ttlMs)
`;

export const renewLease = cypher`
  MATCH (current:Current {id: 'current'})
  SET current.leaseRenewedAt = timestamp(),
    current.leaseExpiresAt = timestamp() + toInteger($ttlMs)
`;

/** The fence stays: the next token is greater. */
export const releaseLease = cypher`
  MATCH (current:Current {id: 'current'})
  REMOVE current.leaseId, current.leaseHolder, current.leaseRenewedAt, current.leaseExpiresAt
`;

export const rememberWrite = cypher`
  MATCH (current:Current {id: 'current'})
  SET current.lastWrite = $writeId
`;
