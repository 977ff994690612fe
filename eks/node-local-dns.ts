/** The conventional address of NodeLocal DNSCache. There is none for IPv6. */
export const NODE_LOCAL_DNS = '169.254.20.10';
