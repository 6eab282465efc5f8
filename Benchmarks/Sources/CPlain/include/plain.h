int plain_zero(void);
