FROM tiny:1
RUN head -c 5000000 /dev/urandom > /big && wc -c /big > /size && rm /big
