int plain_zero(void){return 0;}
